package io.meterport.adapters.sqlite;

import io.meterport.application.spi.ClockMarkContract;
import io.meterport.application.spi.WholeStorage;

class SqliteClockMarkTest extends ClockMarkContract {
    @Override
    protected WholeStorage open() {
        return TemporaryFiles.open();
    }
}
