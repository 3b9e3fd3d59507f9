package io.meterport.application.spi;

import java.time.InstantSource;

class MemoryMeterBuildsTest extends MeterBuildsContract {
    @Override
    protected WholeStorage open() {
        return WholeStorage.of(new MemoryStorage(InstantSource.system()));
    }
}
