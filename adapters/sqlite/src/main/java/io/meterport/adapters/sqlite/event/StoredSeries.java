package io.meterport.adapters.sqlite.event;

import io.meterport.adapters.sqlite.file.Session;
import io.meterport.domain.event.EventType;
import io.meterport.domain.subject.Namespace;
import io.meterport.domain.subject.SubjectKey;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A series as it is stored. */
public record StoredSeries(long id, EventType type, SubjectKey subject) {
    static final String OF_SUBJECT = """
            select series.id from namespace
            join series on series.namespace = namespace.id
            where namespace.name = ? and series.type = ? and series.subject = ?""";

    static final String OF_TYPE = """
            select series.id, series.subject from namespace
            join series on series.namespace = namespace.id
            where namespace.name = ? and series.type = ? order by series.subject""";

    static final String OF_NAMESPACE = """
            select series.id, series.type, series.subject from namespace
            join series on series.namespace = namespace.id where namespace.name = ?""";

    private static final String BY_ID = "select type, subject from series where id = ?";

    /** That of the subject, if it has events of the type. */
    public static Optional<StoredSeries> find(
            Session session, Namespace namespace, EventType type, SubjectKey subject)
            throws SQLException {
        PreparedStatement statement = session.prepare(OF_SUBJECT);
        statement.setString(1, namespace.name());
        statement.setString(2, type.value());
        statement.setString(3, subject.value());
        try (ResultSet row = statement.executeQuery()) {
            return row.next()
                    ? Optional.of(new StoredSeries(row.getLong(1), type, subject))
                    : Optional.empty();
        }
    }

    /** Those of all subjects that have events of the type, in rising order of the subjects. */
    public static List<StoredSeries> all(Session session, Namespace namespace, EventType type)
            throws SQLException {
        PreparedStatement statement = session.prepare(OF_TYPE);
        statement.setString(1, namespace.name());
        statement.setString(2, type.value());
        List<StoredSeries> found = new ArrayList<>();
        try (ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                found.add(new StoredSeries(row.getLong(1), type, new SubjectKey(row.getString(2))));
            }
        }
        return found;
    }

    /** Those of the namespace. */
    static List<StoredSeries> all(Session session, Namespace namespace) throws SQLException {
        PreparedStatement statement = session.prepare(OF_NAMESPACE);
        statement.setString(1, namespace.name());
        List<StoredSeries> found = new ArrayList<>();
        try (ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                found.add(new StoredSeries(
                        row.getLong(1),
                        new EventType(row.getString(2)),
                        new SubjectKey(row.getString(3))));
            }
        }
        return found;
    }

    /** The one of that number. */
    public static StoredSeries byId(Session session, long id) throws SQLException {
        PreparedStatement statement = session.prepare(BY_ID);
        statement.setLong(1, id);
        try (ResultSet row = statement.executeQuery()) {
            if (!row.next()) {
                throw new IllegalStateException("an event is stored without its series");
            }
            return new StoredSeries(
                    id, new EventType(row.getString(1)), new SubjectKey(row.getString(2)));
        }
    }
}
