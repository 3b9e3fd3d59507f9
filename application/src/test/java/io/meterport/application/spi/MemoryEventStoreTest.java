package io.meterport.application.spi;

import java.time.InstantSource;

class MemoryEventStoreTest extends EventStoreContract {
    @Override
    protected WholeStorage open() {
        return WholeStorage.of(new MemoryStorage(InstantSource.system()));
    }
}
