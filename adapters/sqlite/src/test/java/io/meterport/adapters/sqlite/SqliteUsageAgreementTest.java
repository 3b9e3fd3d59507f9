package io.meterport.adapters.sqlite;

import io.meterport.application.spi.UsageAgreement;
import io.meterport.application.spi.WholeStorage;

class SqliteUsageAgreementTest extends UsageAgreement {
    @Override
    protected WholeStorage open() {
        return TemporaryFiles.open();
    }
}
