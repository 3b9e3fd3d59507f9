package io.meterport.adapters.postgres.event;

import io.meterport.adapters.json.JsonPrinter;
import io.meterport.adapters.json.JsonReader;
import io.meterport.adapters.postgres.rollup.Arrays;
import io.meterport.adapters.postgres.rollup.Hashes;
import io.meterport.domain.json.Json;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The numbers of the combinations of dimension values, remembered; they never change while their
 * build lives, and no build has another's number. Thread-safe.
 */
public final class Combinations {
    private static final int MOST = 500_000;

    private static final String LOCK = "select combinations from build where number = ? for update";
    private static final String FIND =
            "select key, id from combination where build = ? and key = any(?::uuid[])";
    private static final String ADD = """
            insert into combination (build, id, key, texts)
            select ?, * from unnest(?::int[], ?::uuid[], ?::text[])""";
    private static final String COUNT = "update build set combinations = ? where number = ?";
    private static final String TEXTS =
            "select id, texts from combination where build = ? and id = any(?::int[])";

    private record Group(long build, List<String> texts) {}

    private record Numbered(long build, int id) {}

    private record Remembered(Map<Group, Integer> ids, Map<Numbered, List<String>> texts) {
        Remembered() {
            this(new ConcurrentHashMap<>(), new ConcurrentHashMap<>());
        }
    }

    private volatile Remembered remembered = new Remembered();

    /** For one transaction that writes. */
    Numbers numbers() {
        return new Numbers(current());
    }

    /** The texts of these combinations, remembered or read. */
    public Map<Integer, List<String>> texts(
            Connection connection, long build, Collection<Integer> ids) throws SQLException {
        Remembered now = current();
        Map<Integer, List<String>> found = new HashMap<>();
        for (int id : ids) {
            List<String> texts = now.texts().get(new Numbered(build, id));
            if (texts != null) {
                found.put(id, texts);
            }
        }
        int[] missing = ids.stream()
                .filter(id -> !found.containsKey(id))
                .mapToInt(id -> id)
                .toArray();
        if (missing.length > 0) {
            try (PreparedStatement select = connection.prepareStatement(TEXTS)) {
                select.setLong(1, build);
                new Arrays(connection, select).ints(2, missing);
                try (ResultSet row = select.executeQuery()) {
                    while (row.next()) {
                        List<String> texts = read(row.getString(2));
                        found.put(row.getInt(1), texts);
                        now.texts().put(new Numbered(build, row.getInt(1)), texts);
                    }
                }
            }
        }
        return found;
    }

    private Remembered current() {
        Remembered now = remembered;
        if (now.ids().size() > MOST || now.texts().size() > MOST) {
            now = new Remembered();
            remembered = now;
        }
        return now;
    }

    /** What one transaction knows; the others learn what it added once it is committed. */
    static final class Numbers {
        private final Remembered known;
        private final Map<Group, Integer> added = new HashMap<>();

        private Numbers(Remembered known) {
            this.known = known;
        }

        /** Gives numbers to those of the build that have none; builds are to come in rising order. */
        void require(Connection connection, long build, Set<List<String>> groups)
                throws SQLException {
            Map<UUID, List<String>> missing = new TreeMap<>();
            for (List<String> texts : groups) {
                if (!known.ids().containsKey(new Group(build, texts))) {
                    missing.put(Hashes.of(texts), texts);
                }
            }
            find(connection, build, missing);
            if (missing.isEmpty()) {
                return;
            }
            int next = lock(connection, build); // From here on nobody else adds any.
            find(connection, build, missing);
            if (!missing.isEmpty()) {
                add(connection, build, next, missing);
            }
        }

        /** The number of one that was required. */
        int id(long build, List<String> texts) {
            Group group = new Group(build, texts);
            Integer id = known.ids().get(group);
            return id == null ? Objects.requireNonNull(added.get(group), "required") : id;
        }

        /** What was found or added holds for all from now on. */
        void committed() {
            known.ids().putAll(added);
        }

        private void find(Connection connection, long build, Map<UUID, List<String>> missing)
                throws SQLException {
            if (missing.isEmpty()) {
                return;
            }
            try (PreparedStatement find = connection.prepareStatement(FIND)) {
                find.setLong(1, build);
                new Arrays(connection, find).uuids(2, missing.keySet().toArray(UUID[]::new));
                try (ResultSet row = find.executeQuery()) {
                    while (row.next()) {
                        UUID key = row.getObject(1, UUID.class);
                        List<String> texts = Objects.requireNonNull(missing.remove(key));
                        added.put(new Group(build, texts), row.getInt(2));
                    }
                }
            }
        }

        private static int lock(Connection connection, long build) throws SQLException {
            try (PreparedStatement lock = connection.prepareStatement(LOCK)) {
                lock.setLong(1, build);
                try (ResultSet row = lock.executeQuery()) {
                    row.next();
                    return row.getInt(1);
                }
            }
        }

        private void add(
                Connection connection, long build, int next, Map<UUID, List<String>> missing)
                throws SQLException {
            int size = missing.size();
            int[] ids = new int[size];
            String[] texts = new String[size];
            int at = 0;
            for (List<String> group : missing.values()) {
                ids[at] = next + at;
                texts[at] = write(group);
                added.put(new Group(build, group), ids[at]);
                at++;
            }
            try (PreparedStatement add = connection.prepareStatement(ADD)) {
                add.setLong(1, build);
                Arrays arrays = new Arrays(connection, add);
                arrays.ints(2, ids);
                arrays.uuids(3, missing.keySet().toArray(UUID[]::new));
                arrays.texts(4, texts);
                add.executeUpdate();
            }
            try (PreparedStatement count = connection.prepareStatement(COUNT)) {
                count.setInt(1, next + size);
                count.setLong(2, build);
                count.executeUpdate();
            }
        }
    }

    /** PostgreSQL has no texts with a NUL in them; JSON writes it otherwise. */
    private static String write(List<String> texts) {
        return JsonPrinter.text(
                new Json.Arr(texts.stream().<Json>map(Json.Text::new).toList()));
    }

    private static List<String> read(String stored) {
        Json.Arr array = (Json.Arr) JsonReader.read("A stored combination", stored);
        return array.items().stream().map(item -> ((Json.Text) item).value()).toList();
    }
}
