package io.meterport.adapters.postgres;

import io.meterport.application.spi.UsageReaderContract;
import io.meterport.application.spi.WholeStorage;

class PostgresUsageReaderTest extends UsageReaderContract {
    @Override
    protected WholeStorage open() {
        return Databases.open();
    }
}
