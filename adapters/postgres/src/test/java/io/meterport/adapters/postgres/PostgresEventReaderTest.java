package io.meterport.adapters.postgres;

import io.meterport.application.spi.EventReaderContract;
import io.meterport.application.spi.WholeStorage;

class PostgresEventReaderTest extends EventReaderContract {
    @Override
    protected WholeStorage open() {
        return Databases.open();
    }
}
