package io.meterport.adapters.sqlite;

import io.meterport.application.spi.EventReaderContract;
import io.meterport.application.spi.WholeStorage;

class SqliteEventReaderTest extends EventReaderContract {
    @Override
    protected WholeStorage open() {
        return TemporaryFiles.open();
    }
}
