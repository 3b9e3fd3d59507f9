package io.meterport.adapters.postgres.event;

import io.meterport.adapters.postgres.rollup.Arrays;
import io.meterport.adapters.postgres.rollup.Hashes;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;

/**
 * Under which dimension values a build has counted events, for whoever counts them anew. Belongs to
 * one transaction that sees one state; not thread-safe.
 */
public final class CountedGroups {
    private static final int MOST_REMEMBERED = 100_000;
    private static final String FIND =
            "select key from combination where build = ? and key = any(?::uuid[])";

    private final Connection connection;
    private final OptionalLong build;
    private final boolean folds;
    private final Map<List<String>, Boolean> apart = new HashMap<>();

    /**
     * @param build the one that counts for the meter as it is asked for; empty if none does
     */
    public CountedGroups(Connection connection, OptionalLong build) throws SQLException {
        this.connection = connection;
        this.build = build;
        this.folds = build.isPresent() && !stored(Set.of(Combinations.REST_KEY)).isEmpty();
    }

    /** Looks several up at once, which costs one question. */
    public void learn(Collection<List<String>> groups) throws SQLException {
        if (!folds) {
            return;
        }
        if (apart.size() > MOST_REMEMBERED) {
            apart.clear();
        }
        Map<UUID, List<String>> unknown = new HashMap<>();
        for (List<String> group : groups) {
            if (!group.isEmpty() && !apart.containsKey(group)) {
                unknown.put(Hashes.of(group), group);
            }
        }
        if (!unknown.isEmpty()) {
            Set<UUID> stored = stored(unknown.keySet());
            unknown.forEach((key, group) -> apart.put(group, stored.contains(key)));
        }
    }

    /** What an event with these values, one for each dimension, counts under. */
    public List<String> of(List<String> values) throws SQLException {
        if (!folds || values.isEmpty()) {
            return values;
        }
        Boolean known = apart.get(values);
        if (known == null) {
            learn(Set.of(values));
            known = apart.getOrDefault(values, false);
        }
        return known ? values : Combinations.rest(values.size());
    }

    private Set<UUID> stored(Set<UUID> keys) throws SQLException {
        Set<UUID> found = new HashSet<>();
        try (PreparedStatement select = connection.prepareStatement(FIND)) {
            select.setLong(1, build.orElseThrow());
            new Arrays(connection, select).uuids(2, keys.toArray(UUID[]::new));
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    found.add(row.getObject(1, UUID.class));
                }
            }
        }
        return found;
    }
}
