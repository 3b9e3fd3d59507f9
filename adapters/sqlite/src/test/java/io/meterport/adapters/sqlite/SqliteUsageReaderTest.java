package io.meterport.adapters.sqlite;

import io.meterport.application.spi.UsageReaderContract;
import io.meterport.application.spi.WholeStorage;

class SqliteUsageReaderTest extends UsageReaderContract {
    @Override
    protected WholeStorage open() {
        return TemporaryFiles.open();
    }
}
