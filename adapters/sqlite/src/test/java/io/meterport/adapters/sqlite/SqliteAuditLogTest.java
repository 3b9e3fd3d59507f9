package io.meterport.adapters.sqlite;

import io.meterport.application.spi.AuditLogContract;
import io.meterport.application.spi.WholeStorage;

class SqliteAuditLogTest extends AuditLogContract {
    @Override
    protected WholeStorage open() {
        return TemporaryFiles.open();
    }
}
