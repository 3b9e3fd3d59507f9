package io.meterport.adapters.sqlite.event;

import io.meterport.adapters.sqlite.file.Kept;
import io.meterport.adapters.sqlite.file.Session;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;

/**
 * Gives texts numbers, in a table of the database, and remembers those used lately. Numbers never
 * change; those given in a transaction are remembered only once it is committed. Only the writer's
 * thread uses it.
 */
final class Numbers<K> implements Kept {
    /** Finds the number of a key, or gives it one. */
    interface Table<K> {
        OptionalLong find(Session session, K key) throws SQLException;

        long add(Session session, K key) throws SQLException;
    }

    private static final int MOST = 200_000;

    private final Table<K> table;
    private final Map<K, Long> given = new HashMap<>();
    private final Map<K, Long> known = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<K, Long> eldest) {
            return size() > MOST;
        }
    };

    Numbers(Table<K> table) {
        this.table = table;
    }

    long of(Session session, K key) throws SQLException {
        OptionalLong found = find(session, key);
        if (found.isPresent()) {
            return found.getAsLong();
        }
        long number = table.add(session, key);
        given.put(key, number);
        return number;
    }

    /** The number of that key; empty if it has none yet. */
    OptionalLong find(Session session, K key) throws SQLException {
        Long found = known.get(key);
        if (found == null) {
            found = given.get(key);
        }
        if (found != null) {
            return OptionalLong.of(found);
        }
        OptionalLong stored = table.find(session, key);
        stored.ifPresent(number -> given.put(key, number));
        return stored;
    }

    /** Looks into the table when it is asked for that key again. */
    void forget(K key) {
        known.remove(key);
        given.remove(key);
    }

    @Override
    public void load(Session session) {
        known.clear();
        given.clear();
    }

    @Override
    public void committed() {
        known.putAll(given);
        given.clear();
    }

    @Override
    public void undone() {
        given.clear();
    }
}
