package io.meterport.adapters.sqlite;

import io.meterport.application.spi.SubjectStoreContract;
import io.meterport.application.spi.WholeStorage;

class SqliteSubjectStoreTest extends SubjectStoreContract {
    @Override
    protected WholeStorage open() {
        return TemporaryFiles.open();
    }
}
