package io.meterport.adapters.postgres;

import io.meterport.application.spi.MeterBuildsContract;
import io.meterport.application.spi.WholeStorage;

class PostgresMeterBuildsTest extends MeterBuildsContract {
    @Override
    protected WholeStorage open() {
        return Databases.open();
    }
}
