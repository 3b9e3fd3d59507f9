package io.meterport.adapters.postgres.event;

import io.meterport.adapters.json.JsonPrinter;
import io.meterport.adapters.json.JsonReader;
import io.meterport.adapters.postgres.rollup.Arrays;
import io.meterport.adapters.postgres.rollup.Hashes;
import io.meterport.application.spi.CombinationCap;
import io.meterport.domain.json.Json;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The numbers of the combinations of dimension values, remembered; they never change while their
 * build lives, and no build has another's number. A build that has begun to count combinations
 * together, under the one without any value, never tells another apart, whatever the cap is later:
 * so what an event counts under can be told again at any time. Thread-safe.
 */
public final class Combinations {
    private static final Logger LOGGER = System.getLogger(Combinations.class.getPackageName());
    private static final int MOST = 500_000;
    /** The combination of all that are not told apart, and its key. */
    private static final List<String> REST = List.of();

    static final UUID REST_KEY = Hashes.of(REST);

    private static final String LOCK = """
            select combinations, position >= last from build where number = ? for update""";
    private static final String FIND =
            "select key, id from combination where build = ? and key = any(?::uuid[])";
    private static final String ADD = """
            insert into combination (build, id, key, texts)
            select ?, * from unnest(?::int[], ?::uuid[], ?::text[])""";
    private static final String COUNT = "update build set combinations = ? where number = ?";
    private static final String TEXTS =
            "select id, texts from combination where build = ? and id = any(?::int[])";

    private static final String SLUG = """
            select meter.slug from build join meter on meter.id = build.meter
            where build.number = ?""";

    private record Group(long build, List<String> texts) {}

    private record Numbered(long build, int id) {}

    private record Remembered(Map<Group, Integer> ids, Map<Numbered, List<String>> texts) {
        Remembered() {
            this(new ConcurrentHashMap<>(), new ConcurrentHashMap<>());
        }
    }

    /**
     * What a build may still be given.
     *
     * @param fresh those, of the ones asked for, that it does not tell apart
     * @param left how many of them it may
     */
    record Room(Set<List<String>> fresh, long left) {}

    private record Lock(int combinations, boolean isComplete) {}

    private final CombinationCap cap;
    private final Map<Long, Long> refusals = new ConcurrentHashMap<>();
    private volatile Remembered remembered = new Remembered();

    /** Tells apart as many as that. */
    public Combinations(CombinationCap cap) {
        this.cap = cap;
    }

    /** For one transaction that writes. */
    Numbers numbers() {
        return new Numbers(cap, refusals, current());
    }

    /** What is said of the values of an event whose combination is not told apart. */
    static List<String> rest(int dimensions) {
        return Collections.nCopies(dimensions, CombinationCap.OTHER);
    }

    /**
     * The texts of these combinations, remembered or read.
     *
     * @param dimensions how many the meter had when the build began
     */
    public Map<Integer, List<String>> texts(
            Connection connection, long build, Collection<Integer> ids, int dimensions)
            throws SQLException {
        Map<Integer, List<String>> found = texts(connection, build, ids);
        found.replaceAll((id, texts) -> texts.isEmpty() ? rest(dimensions) : texts);
        return found;
    }

    private Map<Integer, List<String>> texts(
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
        private final CombinationCap cap;
        private final Map<Long, Long> refusals;
        private final Remembered known;
        private final Map<Group, Integer> added = new HashMap<>();
        /** By build, the number of the combination of all others, where there is one. */
        private final Map<Long, Integer> rests = new HashMap<>();

        private final List<String> warnings = new ArrayList<>();

        private Numbers(CombinationCap cap, Map<Long, Long> refusals, Remembered known) {
            this.cap = cap;
            this.refusals = refusals;
            this.known = known;
        }

        /**
         * Gives numbers to those of the build that have none, in this order as long as the cap
         * allows; builds are to come in rising order.
         */
        void require(Connection connection, long build, Set<List<String>> groups)
                throws SQLException {
            Map<UUID, List<String>> missing = missing(build, groups);
            find(connection, build, missing);
            if (!missing.isEmpty() && !rests.containsKey(build)) {
                Lock locked = lock(connection, build); // From here on nobody else adds any.
                find(connection, build, missing);
                if (!missing.isEmpty() && !rests.containsKey(build)) {
                    add(connection, build, locked.combinations(), missing);
                }
            }
            for (List<String> folded : missing.values()) {
                added.put(new Group(build, folded), Objects.requireNonNull(rests.get(build)));
            }
        }

        /** What the build may still be given, if a cap refuses the rest; builds come as above. */
        Room room(Connection connection, long build, Set<List<String>> groups) throws SQLException {
            Map<UUID, List<String>> missing = missing(build, groups);
            find(connection, build, missing);
            if (missing.isEmpty()) {
                return new Room(Set.of(), 0);
            }
            Lock locked = lock(connection, build);
            find(connection, build, missing);
            Set<List<String>> fresh = Set.copyOf(missing.values());
            if (!locked.isComplete()) { // Nobody knows yet which combinations the old events have.
                return new Room(fresh, Long.MAX_VALUE);
            }
            long left = rests.containsKey(build) ? 0 : cap.most() - locked.combinations();
            return new Room(fresh, left);
        }

        /** Remembers that the build has no room for what a batch brings. */
        void refused(Connection connection, long build) throws SQLException {
            long count = refusals.merge(build, 1L, Long::sum);
            if (Long.bitCount(count) == 1) {
                warn(connection, build, "batches refused for bringing others: " + count);
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
            warnings.forEach(warning -> LOGGER.log(Level.WARNING, warning));
        }

        private Map<UUID, List<String>> missing(long build, Set<List<String>> groups) {
            Map<UUID, List<String>> missing = new LinkedHashMap<>();
            for (List<String> texts : groups) {
                Group group = new Group(build, texts);
                if (!known.ids().containsKey(group) && !added.containsKey(group)) {
                    missing.put(Hashes.of(texts), texts);
                }
            }
            return missing;
        }

        private void find(Connection connection, long build, Map<UUID, List<String>> missing)
                throws SQLException {
            if (missing.isEmpty()) {
                return;
            }
            try (PreparedStatement find = connection.prepareStatement(FIND)) {
                find.setLong(1, build);
                Set<UUID> keys = new LinkedHashSet<>(missing.keySet());
                keys.add(REST_KEY);
                new Arrays(connection, find).uuids(2, keys.toArray(UUID[]::new));
                try (ResultSet row = find.executeQuery()) {
                    while (row.next()) {
                        UUID key = row.getObject(1, UUID.class);
                        if (key.equals(REST_KEY)) {
                            rests.put(build, row.getInt(2));
                            continue;
                        }
                        List<String> texts = Objects.requireNonNull(missing.remove(key));
                        added.put(new Group(build, texts), row.getInt(2));
                    }
                }
            }
        }

        private static Lock lock(Connection connection, long build) throws SQLException {
            try (PreparedStatement lock = connection.prepareStatement(LOCK)) {
                lock.setLong(1, build);
                try (ResultSet row = lock.executeQuery()) {
                    row.next();
                    return new Lock(row.getInt(1), row.getBoolean(2));
                }
            }
        }

        /** Adds those that the cap allows, and leaves those that it does not. */
        private void add(
                Connection connection, long build, int next, Map<UUID, List<String>> missing)
                throws SQLException {
            Map<UUID, List<String>> apart = new LinkedHashMap<>();
            for (Map.Entry<UUID, List<String>> each : missing.entrySet()) {
                if (!cap.folds() || !cap.isReachedBy(next + (long) apart.size())) {
                    apart.put(each.getKey(), each.getValue());
                }
            }
            missing.keySet().removeAll(apart.keySet());
            if (missing.isEmpty()) {
                warnOfMany(connection, build, next, apart.size());
            } else {
                rests.put(build, next + apart.size());
                apart.put(REST_KEY, REST);
                warn(connection, build, "all others count under " + CombinationCap.OTHER);
            }
            insert(connection, build, next, apart);
        }

        private void insert(
                Connection connection, long build, int next, Map<UUID, List<String>> apart)
                throws SQLException {
            int size = apart.size();
            int[] ids = new int[size];
            String[] texts = new String[size];
            int at = 0;
            for (List<String> group : apart.values()) {
                ids[at] = next + at;
                texts[at] = write(group);
                added.put(new Group(build, group), ids[at]);
                at++;
            }
            try (PreparedStatement add = connection.prepareStatement(ADD)) {
                add.setLong(1, build);
                Arrays arrays = new Arrays(connection, add);
                arrays.ints(2, ids);
                arrays.uuids(3, apart.keySet().toArray(UUID[]::new));
                arrays.texts(4, texts);
                add.executeUpdate();
            }
            try (PreparedStatement count = connection.prepareStatement(COUNT)) {
                count.setInt(1, next + size);
                count.setLong(2, build);
                count.executeUpdate();
            }
        }

        private void warnOfMany(Connection connection, long build, int before, int more)
                throws SQLException {
            for (int number = before + 1; number <= before + more; number++) {
                if (cap.warnsAt(number)) {
                    warn(connection, build, "each costs memory and time");
                    return;
                }
            }
        }

        private void warn(Connection connection, long build, String what) throws SQLException {
            try (PreparedStatement select = connection.prepareStatement(SLUG)) {
                select.setLong(1, build);
                try (ResultSet row = select.executeQuery()) {
                    if (row.next()) {
                        warnings.add("The meter " + row.getString(1) + " has met very many"
                                + " combinations of dimension values: " + what + ".");
                    }
                }
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
