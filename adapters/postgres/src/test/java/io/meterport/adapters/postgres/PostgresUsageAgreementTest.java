package io.meterport.adapters.postgres;

import io.meterport.application.spi.UsageAgreement;
import io.meterport.application.spi.WholeStorage;

class PostgresUsageAgreementTest extends UsageAgreement {
    @Override
    protected WholeStorage open() {
        return Databases.open();
    }
}
