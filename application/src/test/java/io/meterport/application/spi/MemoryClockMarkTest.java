package io.meterport.application.spi;

import java.time.InstantSource;

class MemoryClockMarkTest extends ClockMarkContract {
    @Override
    protected WholeStorage open() {
        return WholeStorage.of(new MemoryStorage(InstantSource.system()));
    }
}
