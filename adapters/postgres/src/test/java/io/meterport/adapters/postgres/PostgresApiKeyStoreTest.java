package io.meterport.adapters.postgres;

import io.meterport.application.spi.ApiKeyStoreContract;
import io.meterport.application.spi.WholeStorage;

class PostgresApiKeyStoreTest extends ApiKeyStoreContract {
    @Override
    protected WholeStorage open() {
        return Databases.open();
    }
}
