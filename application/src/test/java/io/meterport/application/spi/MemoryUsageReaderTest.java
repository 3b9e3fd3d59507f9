package io.meterport.application.spi;

import java.time.InstantSource;

class MemoryUsageReaderTest extends UsageReaderContract {
    @Override
    protected WholeStorage open() {
        return WholeStorage.of(new MemoryStorage(InstantSource.system()));
    }
}
