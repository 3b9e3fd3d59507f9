package io.meterport.adapters.sqlite.event;

import io.meterport.adapters.sqlite.file.Kept;
import io.meterport.adapters.sqlite.file.Session;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.OptionalLong;

/** The numbers of what repeats from event to event. Only the writer's thread uses it. */
public final class Dictionaries {
    /** What has these in common is a series. */
    record SeriesKey(long namespace, String type, String subject) {}

    /** Values of a meter's dimensions that came together in one of its builds. */
    record Combination(long build, List<String> texts) {}

    private final Numbers<String> namespaces = new Numbers<>(new OneText("namespace", "name"));
    private final Numbers<String> sources = new Numbers<>(new OneText("source", "text"));
    private final Numbers<SeriesKey> series = new Numbers<>(new SeriesTable());
    private final Numbers<Combination> combinations = new Numbers<>(new CombinationTable());

    /** What has to follow the writer's transactions. */
    public List<Kept> kept() {
        return List.of(namespaces, sources, series, combinations);
    }

    long namespace(Session session, String name) throws SQLException {
        return namespaces.of(session, name);
    }

    /** The number of that namespace, if it has one. */
    OptionalLong find(Session session, String namespace) {
        return session.handle()
                .createQuery("select id from namespace where name = :name")
                .bind("name", namespace)
                .mapTo(Long.class)
                .findOne()
                .map(OptionalLong::of)
                .orElseGet(OptionalLong::empty);
    }

    long source(Session session, String text) throws SQLException {
        return sources.of(session, text);
    }

    /** The same, remembered. */
    OptionalLong known(Session session, String namespace) throws SQLException {
        return namespaces.find(session, namespace);
    }

    long series(Session session, SeriesKey key) throws SQLException {
        return series.of(session, key);
    }

    /** The number of that series, if it has one. */
    OptionalLong find(Session session, SeriesKey key) throws SQLException {
        return series.find(session, key);
    }

    void forget(SeriesKey key) {
        series.forget(key);
    }

    int combination(Session session, Combination combination) throws SQLException {
        return Math.toIntExact(combinations.of(session, combination));
    }

    /** The number of that combination, if it has one. */
    OptionalLong find(Session session, Combination combination) throws SQLException {
        return combinations.find(session, combination);
    }

    private static final class OneText implements Numbers.Table<String> {
        private final String find;
        private final String insert;

        /** Both names are constants of this class. */
        OneText(String table, String column) {
            find = "select id from " + table + " where " + column + " = ?";
            insert = "insert into " + table + " (" + column + ") values (?) returning id";
        }

        @Override
        public OptionalLong find(Session session, String key) throws SQLException {
            PreparedStatement statement = session.prepare(find);
            statement.setString(1, key);
            return first(statement);
        }

        @Override
        public long add(Session session, String key) throws SQLException {
            PreparedStatement statement = session.prepare(insert);
            statement.setString(1, key);
            return first(statement).orElseThrow();
        }
    }

    private static final class SeriesTable implements Numbers.Table<SeriesKey> {
        private static final String FIND =
                "select id from series where namespace = ? and type = ? and subject = ?";
        private static final String ADD =
                "insert into series (namespace, type, subject) values (?, ?, ?) returning id";

        @Override
        public OptionalLong find(Session session, SeriesKey key) throws SQLException {
            return first(bind(session.prepare(FIND), key));
        }

        @Override
        public long add(Session session, SeriesKey key) throws SQLException {
            return first(bind(session.prepare(ADD), key)).orElseThrow();
        }

        private static PreparedStatement bind(PreparedStatement statement, SeriesKey key)
                throws SQLException {
            statement.setLong(1, key.namespace());
            statement.setString(2, key.type());
            statement.setString(3, key.subject());
            return statement;
        }
    }

    private static final class CombinationTable implements Numbers.Table<Combination> {
        private static final String FIND =
                "select id from combination where build = ? and texts = ?";
        private static final String NEXT =
                "select coalesce(max(id) + 1, 0) from combination where build = ?";
        private static final String ADD =
                "insert into combination (build, id, texts, sum) values (?, ?, ?, ?)";

        @Override
        public OptionalLong find(Session session, Combination key) throws SQLException {
            return first(bind(session.prepare(FIND), key));
        }

        @Override
        public long add(Session session, Combination key) throws SQLException {
            PreparedStatement next = session.prepare(NEXT);
            next.setLong(1, key.build());
            long id = first(next).orElseThrow();
            byte[] texts = Texts.bytes(key.texts());
            PreparedStatement add = session.prepare(ADD);
            add.setLong(1, key.build());
            add.setLong(2, id);
            add.setBytes(3, texts);
            add.setInt(4, StoredCombinations.sum(key.build(), id, texts).value());
            add.executeUpdate();
            return id;
        }

        private static PreparedStatement bind(PreparedStatement statement, Combination key)
                throws SQLException {
            statement.setLong(1, key.build());
            statement.setBytes(2, Texts.bytes(key.texts()));
            return statement;
        }
    }

    private static OptionalLong first(PreparedStatement statement) throws SQLException {
        try (ResultSet row = statement.executeQuery()) {
            return row.next() ? OptionalLong.of(row.getLong(1)) : OptionalLong.empty();
        }
    }
}
