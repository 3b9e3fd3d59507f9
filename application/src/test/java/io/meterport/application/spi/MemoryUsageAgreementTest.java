package io.meterport.application.spi;

import java.time.InstantSource;

class MemoryUsageAgreementTest extends UsageAgreement {
    @Override
    protected WholeStorage open() {
        return WholeStorage.of(new MemoryStorage(InstantSource.system()));
    }
}
