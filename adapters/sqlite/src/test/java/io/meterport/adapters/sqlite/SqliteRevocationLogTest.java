package io.meterport.adapters.sqlite;

import io.meterport.application.spi.RevocationLogContract;
import io.meterport.application.spi.WholeStorage;

class SqliteRevocationLogTest extends RevocationLogContract {
    @Override
    protected WholeStorage open() {
        return TemporaryFiles.open();
    }
}
