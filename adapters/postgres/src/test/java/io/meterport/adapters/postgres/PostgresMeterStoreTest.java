package io.meterport.adapters.postgres;

import io.meterport.application.spi.MeterStoreContract;
import io.meterport.application.spi.WholeStorage;

class PostgresMeterStoreTest extends MeterStoreContract {
    @Override
    protected WholeStorage open() {
        return Databases.open();
    }
}
