package io.meterport.application.spi;

import java.time.InstantSource;

class MemoryUsageChangesTest extends UsageChangesContract {
    @Override
    protected WholeStorage open() {
        return WholeStorage.of(new MemoryStorage(InstantSource.system()));
    }
}
