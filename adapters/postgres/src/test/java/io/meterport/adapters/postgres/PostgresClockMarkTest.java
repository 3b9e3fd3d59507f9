package io.meterport.adapters.postgres;

import io.meterport.application.spi.ClockMarkContract;
import io.meterport.application.spi.WholeStorage;

class PostgresClockMarkTest extends ClockMarkContract {
    @Override
    protected WholeStorage open() {
        return Databases.open();
    }
}
