package io.meterport.adapters.sqlite;

import io.meterport.application.spi.MeterStoreContract;
import io.meterport.application.spi.WholeStorage;

class SqliteMeterStoreTest extends MeterStoreContract {
    @Override
    protected WholeStorage open() {
        return TemporaryFiles.open();
    }
}
