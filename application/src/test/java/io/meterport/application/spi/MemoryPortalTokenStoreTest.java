package io.meterport.application.spi;

import java.time.InstantSource;

class MemoryPortalTokenStoreTest extends PortalTokenStoreContract {
    @Override
    protected WholeStorage open() {
        return WholeStorage.of(new MemoryStorage(InstantSource.system()));
    }
}
