package io.meterport.application.spi;

import java.time.InstantSource;

class MemoryMeterStoreTest extends MeterStoreContract {
    @Override
    protected WholeStorage open() {
        return WholeStorage.of(new MemoryStorage(InstantSource.system()));
    }
}
