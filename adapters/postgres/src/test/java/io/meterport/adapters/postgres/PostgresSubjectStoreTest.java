package io.meterport.adapters.postgres;

import io.meterport.application.spi.SubjectStoreContract;
import io.meterport.application.spi.WholeStorage;

class PostgresSubjectStoreTest extends SubjectStoreContract {
    @Override
    protected WholeStorage open() {
        return Databases.open();
    }
}
