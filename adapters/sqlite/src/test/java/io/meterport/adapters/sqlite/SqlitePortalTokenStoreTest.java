package io.meterport.adapters.sqlite;

import io.meterport.application.spi.PortalTokenStoreContract;
import io.meterport.application.spi.WholeStorage;

class SqlitePortalTokenStoreTest extends PortalTokenStoreContract {
    @Override
    protected WholeStorage open() {
        return TemporaryFiles.open();
    }
}
