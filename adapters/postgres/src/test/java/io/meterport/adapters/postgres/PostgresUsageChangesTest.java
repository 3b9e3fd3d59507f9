package io.meterport.adapters.postgres;

import io.meterport.application.spi.UsageChangesContract;
import io.meterport.application.spi.WholeStorage;

class PostgresUsageChangesTest extends UsageChangesContract {
    @Override
    protected WholeStorage open() {
        return Databases.open();
    }
}
