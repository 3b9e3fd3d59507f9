package io.meterport.adapters.sqlite.file;

import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Several works in one transaction, so that they share one flush of the disk. One that fails for a
 * reason of its own is undone alone, and does not hurt the others.
 */
final class Bundle implements Work {
    private final Map<Work, Optional<RuntimeException>> works = new LinkedHashMap<>();

    Bundle(List<Work> works) {
        works.forEach(work -> this.works.put(work, Optional.empty()));
    }

    @Override
    public void run(Session session) throws SQLException {
        for (Map.Entry<Work, Optional<RuntimeException>> each : works.entrySet()) {
            session.prepare("savepoint work").execute();
            try {
                each.getKey().run(session);
            } catch (SQLException | RuntimeException e) {
                if (Failure.of(e) != Failure.NONE) {
                    throw e;
                }
                session.prepare("rollback to work").execute();
                each.setValue(Optional.of(Readers.unexpected(e)));
            }
            session.prepare("release work").execute();
        }
    }

    @Override
    public void committed() {
        works.forEach((work, failure) -> failure.ifPresentOrElse(work::failed, work::committed));
    }

    @Override
    public void failed(RuntimeException why) {
        works.forEach((work, failure) -> work.failed(failure.orElse(why)));
    }
}
