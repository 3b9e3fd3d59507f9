package io.meterport.adapters.sqlite.move;

import io.meterport.adapters.sqlite.event.RecentHours;
import io.meterport.adapters.sqlite.file.Readers;
import io.meterport.adapters.sqlite.file.Writer;
import io.meterport.application.spi.Movable;
import io.meterport.application.spi.MovedRows;
import io.meterport.domain.problem.Problem;
import io.meterport.domain.problem.ProblemException;

/** Everything in one file, for another storage. */
public final class SqliteContents implements Movable {
    private final Readers readers;
    private final Writer writer;
    private final RecentHours recent;

    public SqliteContents(Readers readers, Writer writer, RecentHours recent) {
        this.readers = readers;
        this.writer = writer;
        this.recent = recent;
    }

    /** What is recent joins its pages first, so that each sum stands in one place only. */
    @Override
    public void give(MovedRows to) {
        boolean more = true;
        while (more) {
            more = writer.inTurn(recent::joinAny);
        }
        var _ = readers.readAtLength(session -> {
            requireNoErasure(session.handle()
                    .createQuery("select count(*) from erasure")
                    .mapTo(long.class)
                    .one());
            new Giving(session, to).run();
            return true;
        });
    }

    private static void requireNoErasure(long pending) {
        if (pending > 0) {
            throw new ProblemException(new Problem.Conflict(
                    "erasure-pending",
                    "A subject is still being erased; start the server, let it finish, stop it."));
        }
    }
}
