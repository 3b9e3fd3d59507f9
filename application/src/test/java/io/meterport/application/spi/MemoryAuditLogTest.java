package io.meterport.application.spi;

import java.time.InstantSource;

class MemoryAuditLogTest extends AuditLogContract {
    @Override
    protected WholeStorage open() {
        return WholeStorage.of(new MemoryStorage(InstantSource.system()));
    }
}
