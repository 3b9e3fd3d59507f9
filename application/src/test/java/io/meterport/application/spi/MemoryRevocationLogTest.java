package io.meterport.application.spi;

import java.time.InstantSource;

class MemoryRevocationLogTest extends RevocationLogContract {
    @Override
    protected WholeStorage open() {
        return WholeStorage.of(new MemoryStorage(InstantSource.system()));
    }
}
