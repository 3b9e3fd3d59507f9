package io.meterport.adapters.sqlite;

import io.meterport.application.spi.UsageChangesContract;
import io.meterport.application.spi.WholeStorage;

class SqliteUsageChangesTest extends UsageChangesContract {
    @Override
    protected WholeStorage open() {
        return TemporaryFiles.open();
    }
}
