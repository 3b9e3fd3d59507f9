package io.meterport.adapters.sqlite.event;

import io.meterport.adapters.sqlite.file.Kept;
import io.meterport.adapters.sqlite.file.Session;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.Set;

/**
 * Writes down which series have events in which hour, and remembers what it wrote lately, since most
 * events fall into an hour that is known already. Only the writer's thread uses it.
 */
public final class SeenHours implements Kept {
    private record Seen(long series, long hour) {}

    private static final int MOST = 200_000;

    private static final String PUT = """
            insert into series_hour (namespace, hour, series) values (?, ?, ?)
            on conflict do nothing""";

    private final Set<Seen> known = new HashSet<>();
    private final Set<Seen> written = new HashSet<>();

    void add(Session session, long namespace, long hour, long series) throws SQLException {
        Seen seen = new Seen(series, hour);
        if (known.contains(seen) || !written.add(seen)) {
            return;
        }
        PreparedStatement statement = session.prepare(PUT);
        statement.setLong(1, namespace);
        statement.setLong(2, hour);
        statement.setLong(3, series);
        statement.executeUpdate();
    }

    @Override
    public void load(Session session) {
        known.clear();
        written.clear();
    }

    @Override
    public void committed() {
        if (known.size() > MOST) {
            known.clear();
        }
        known.addAll(written);
        written.clear();
    }

    @Override
    public void undone() {
        written.clear();
    }
}
