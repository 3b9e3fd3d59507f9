package io.meterport.adapters.postgres.usage;

import io.meterport.adapters.postgres.event.SeriesKeys;
import io.meterport.adapters.postgres.rollup.Arrays;
import io.meterport.domain.meter.Meter;
import io.meterport.domain.subject.SubjectKey;
import io.meterport.domain.usage.Subjects;
import io.meterport.domain.usage.UsageQuery;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Set;
import java.util.UUID;

/** Which series a query is about, as conditions in SQL on the table {@code series}. Immutable. */
final class Scope {
    private static final String OF_TYPE = """
            series.namespace = (select id from namespace where name = ?) and series.type = ?""";
    private static final String OF_SUBJECTS = OF_TYPE + " and series.key = any(?::uuid[])";

    private final Meter meter;
    private final Subjects subjects;

    private Scope(UsageQuery query) {
        this.meter = query.meter();
        this.subjects = query.subjects();
    }

    static Scope of(UsageQuery query) {
        return new Scope(query);
    }

    /** The condition. */
    String condition() {
        return switch (subjects) {
            case Subjects.Together _ -> OF_TYPE;
            case Subjects.Each _ -> OF_TYPE;
            case Subjects.Only _ -> OF_SUBJECTS;
        };
    }

    /** Binds the condition's parameters from that one on; returns the next. */
    int bind(Connection connection, PreparedStatement statement, int parameter)
            throws SQLException {
        statement.setString(parameter, meter.namespace().name());
        statement.setString(parameter + 1, meter.eventType().value());
        return switch (subjects) {
            case Subjects.Together _ -> parameter + 2;
            case Subjects.Each _ -> parameter + 2;
            case Subjects.Only(Set<SubjectKey> keys) -> {
                UUID[] hashes = keys.stream()
                        .map(key -> SeriesKeys.hash(meter.eventType(), key))
                        .toArray(UUID[]::new);
                new Arrays(connection, statement).uuids(parameter + 2, hashes);
                yield parameter + 3;
            }
        };
    }
}
