package io.meterport.application.spi;

import java.time.InstantSource;

class MemorySubjectStoreTest extends SubjectStoreContract {
    @Override
    protected WholeStorage open() {
        return WholeStorage.of(new MemoryStorage(InstantSource.system()));
    }
}
