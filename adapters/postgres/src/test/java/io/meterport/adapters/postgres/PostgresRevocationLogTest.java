package io.meterport.adapters.postgres;

import io.meterport.application.spi.RevocationLogContract;
import io.meterport.application.spi.WholeStorage;

class PostgresRevocationLogTest extends RevocationLogContract {
    @Override
    protected WholeStorage open() {
        return Databases.open();
    }
}
