package io.meterport.adapters.sqlite.event;

import io.meterport.adapters.sqlite.catalog.LiveMeters;
import io.meterport.adapters.sqlite.event.Dictionaries.Combination;
import io.meterport.adapters.sqlite.file.Kept;
import io.meterport.adapters.sqlite.file.Session;
import io.meterport.adapters.sqlite.key.KnownKeys;
import io.meterport.adapters.sqlite.rollup.BuildTarget;
import io.meterport.adapters.sqlite.rollup.ValueHash;
import io.meterport.application.spi.CombinationCap;
import io.meterport.domain.meter.Contribution;
import io.meterport.domain.problem.ProblemException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Decides which combinations of dimension values are told apart, once for each event and in the
 * transaction that stores it. A build that has begun to count combinations together never tells
 * another apart, whatever the cap is later: what was counted could not be told again otherwise. Only
 * the writer's thread uses it.
 */
final class CombinationGate implements Kept {
    private static final Logger LOGGER = System.getLogger(CombinationGate.class.getPackageName());

    private static final String IS_COMPLETE = "select position >= last from build where number = ?";

    private final CombinationCap cap;
    private final Dictionaries dictionaries;
    private final LiveMeters meters;
    private final KnownKeys keys;
    /** Of the batches that this transaction takes. */
    private final Set<Combination> promised = new LinkedHashSet<>();

    private final Set<ValueHash> seen = new HashSet<>();
    /** By build, what the operator is told once the transaction is stored. */
    private final Map<Long, String> warnings = new LinkedHashMap<>();

    private final Map<Long, Long> refusals = new HashMap<>();

    CombinationGate(
            CombinationCap cap, Dictionaries dictionaries, LiveMeters meters, KnownKeys keys) {
        this.cap = cap;
        this.dictionaries = dictionaries;
        this.meters = meters;
        this.keys = keys;
    }

    /** The number under which values of a meter that has dimensions count. */
    int number(Session session, long build, List<String> texts) throws SQLException {
        Combination combination = new Combination(build, texts);
        if (dictionaries.find(session, combination).isPresent()) {
            return dictionaries.combination(session, combination);
        }
        Combination rest = new Combination(build, StoredCombinations.REST);
        boolean hasRest = dictionaries.find(session, rest).isPresent();
        boolean isFull = cap.folds() && cap.isReachedBy(StoredCombinations.count(session, build));
        if (!hasRest && isFull) {
            warnings.put(build, "all others count under " + CombinationCap.OTHER);
        }
        if (hasRest || isFull) {
            return dictionaries.combination(session, rest);
        }
        int number = dictionaries.combination(session, combination);
        if (cap.warnsAt(number + 1L)) {
            warnings.putIfAbsent(build, "each costs memory and time");
        }
        return number;
    }

    /** Why the batch cannot be stored, if it is not: it brings a combination that is one too many. */
    Optional<ProblemException> refusal(Session session, NewBatch batch) throws SQLException {
        if (!cap.refuses()) {
            return Optional.empty();
        }
        Set<Combination> brought = new LinkedHashSet<>();
        Set<ValueHash> own = new HashSet<>();
        for (int i = 0; i < batch.events().size(); i++) {
            NewEvent event = batch.events().get(i);
            boolean first = !seen.contains(event.key()) && own.add(event.key());
            if (first && bringsTooMany(session, event, brought)) {
                return Optional.of(batch.tooMany(i, cap.most()));
            }
        }
        promised.addAll(brought);
        seen.addAll(own);
        return Optional.empty();
    }

    /** Begins to look at the batches of another transaction. */
    void begin() {
        promised.clear();
        seen.clear();
    }

    @Override
    public void load(Session session) {
        undone();
    }

    @Override
    public void committed() {
        for (Map.Entry<Long, String> warning : warnings.entrySet()) {
            meters.slug(warning.getKey())
                    .ifPresent(slug -> LOGGER.log(
                            Level.WARNING,
                            "The meter " + slug + " has met very many combinations of dimension"
                                    + " values: " + warning.getValue() + "."));
        }
        undone();
    }

    @Override
    public void undone() {
        warnings.clear();
        begin();
    }

    private boolean bringsTooMany(Session session, NewEvent event, Set<Combination> brought)
            throws SQLException {
        Set<Combination> fresh = new LinkedHashSet<>();
        for (Contribution gives : event.metered().contributions()) {
            Optional<BuildTarget> target = meters.target(gives.meter());
            if (target.isPresent() && target.get().hasParts()) {
                Combination combination = new Combination(target.get().number(), gives.group());
                if (isFresh(session, combination, brought)) {
                    fresh.add(combination);
                }
            }
        }
        if (fresh.isEmpty() || keys.has(session, event.key())) {
            return false;
        }
        for (Combination combination : fresh) {
            if (hasNoRoom(session, combination.build(), brought)) {
                warnOfRefusal(combination.build());
                return true;
            }
        }
        brought.addAll(fresh);
        return false;
    }

    private boolean isFresh(Session session, Combination combination, Set<Combination> brought)
            throws SQLException {
        return !promised.contains(combination)
                && !brought.contains(combination)
                && dictionaries.find(session, combination).isEmpty();
    }

    /** While old events are being counted, nobody knows yet which combinations there are. */
    private boolean hasNoRoom(Session session, long build, Set<Combination> brought)
            throws SQLException {
        long count = StoredCombinations.count(session, build)
                + promised.stream().filter(each -> each.build() == build).count()
                + brought.stream().filter(each -> each.build() == build).count();
        boolean isFull = cap.isReachedBy(count)
                || StoredCombinations.has(session, build, StoredCombinations.REST);
        return isFull && isComplete(session, build);
    }

    private void warnOfRefusal(long build) {
        long count = refusals.merge(build, 1L, Long::sum);
        if (Long.bitCount(count) == 1) {
            warnings.put(build, "batches refused for bringing others: " + count);
        }
    }

    private static boolean isComplete(Session session, long build) throws SQLException {
        PreparedStatement statement = session.prepare(IS_COMPLETE);
        statement.setLong(1, build);
        try (ResultSet row = statement.executeQuery()) {
            return row.next() && row.getBoolean(1);
        }
    }
}
