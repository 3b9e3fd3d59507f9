package io.meterport.application.spi;

import java.time.InstantSource;

class MemoryApiKeyStoreTest extends ApiKeyStoreContract {
    @Override
    protected WholeStorage open() {
        return WholeStorage.of(new MemoryStorage(InstantSource.system()));
    }
}
