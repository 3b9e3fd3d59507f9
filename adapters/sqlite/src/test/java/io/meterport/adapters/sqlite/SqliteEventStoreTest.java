package io.meterport.adapters.sqlite;

import io.meterport.application.spi.EventStoreContract;
import io.meterport.application.spi.WholeStorage;

class SqliteEventStoreTest extends EventStoreContract {
    @Override
    protected WholeStorage open() {
        return TemporaryFiles.open();
    }
}
