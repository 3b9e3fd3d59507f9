package io.meterport.adapters.postgres;

import io.meterport.application.spi.EventStoreContract;
import io.meterport.application.spi.WholeStorage;

class PostgresEventStoreTest extends EventStoreContract {
    @Override
    protected WholeStorage open() {
        return Databases.open();
    }
}
