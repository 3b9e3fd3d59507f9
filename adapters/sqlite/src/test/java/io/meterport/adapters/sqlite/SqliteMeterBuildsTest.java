package io.meterport.adapters.sqlite;

import io.meterport.application.spi.MeterBuildsContract;
import io.meterport.application.spi.WholeStorage;

class SqliteMeterBuildsTest extends MeterBuildsContract {
    @Override
    protected WholeStorage open() {
        return TemporaryFiles.open();
    }
}
