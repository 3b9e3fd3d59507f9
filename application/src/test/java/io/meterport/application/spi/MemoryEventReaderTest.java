package io.meterport.application.spi;

import java.time.InstantSource;

class MemoryEventReaderTest extends EventReaderContract {
    @Override
    protected WholeStorage open() {
        return WholeStorage.of(new MemoryStorage(InstantSource.system()));
    }
}
