package io.meterport.adapters.postgres;

import io.meterport.application.spi.AuditLogContract;
import io.meterport.application.spi.WholeStorage;

class PostgresAuditLogTest extends AuditLogContract {
    @Override
    protected WholeStorage open() {
        return Databases.open();
    }
}
