package io.meterport.adapters.sqlite.file;

import java.sql.SQLException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Work of one caller, who waits for its result. */
final class Answered<T> implements Work {
    private final Writer.Writing<T> writing;
    private final CompletableFuture<T> answer = new CompletableFuture<>();
    private Optional<T> result = Optional.empty();

    Answered(Writer.Writing<T> writing) {
        this.writing = writing;
    }

    @Override
    public void run(Session session) throws SQLException {
        result = Optional.of(writing.write(session));
    }

    @Override
    public void committed() {
        answer.complete(result.orElseThrow());
    }

    @Override
    public void failed(RuntimeException why) {
        answer.completeExceptionally(why);
    }

    T await() {
        return Writer.await(answer);
    }
}
