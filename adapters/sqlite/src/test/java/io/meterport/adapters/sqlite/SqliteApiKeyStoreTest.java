package io.meterport.adapters.sqlite;

import io.meterport.application.spi.ApiKeyStoreContract;
import io.meterport.application.spi.WholeStorage;

class SqliteApiKeyStoreTest extends ApiKeyStoreContract {
    @Override
    protected WholeStorage open() {
        return TemporaryFiles.open();
    }
}
