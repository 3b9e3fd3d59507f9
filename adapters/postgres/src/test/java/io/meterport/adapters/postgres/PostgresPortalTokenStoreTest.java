package io.meterport.adapters.postgres;

import io.meterport.application.spi.PortalTokenStoreContract;
import io.meterport.application.spi.WholeStorage;

class PostgresPortalTokenStoreTest extends PortalTokenStoreContract {
    @Override
    protected WholeStorage open() {
        return Databases.open();
    }
}
