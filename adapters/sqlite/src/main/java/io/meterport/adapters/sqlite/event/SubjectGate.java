package io.meterport.adapters.sqlite.event;

import io.meterport.adapters.sqlite.event.Dictionaries.SeriesKey;
import io.meterport.adapters.sqlite.file.Kept;
import io.meterport.adapters.sqlite.file.Session;
import io.meterport.adapters.sqlite.key.KnownKeys;
import io.meterport.adapters.sqlite.rollup.ValueHash;
import io.meterport.application.spi.SubjectCap;
import io.meterport.domain.problem.ProblemException;
import io.meterport.domain.subject.Namespace;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Counts the subjects of each namespace, warns of many, and refuses batches that bring one too many.
 * Only the writer's thread uses it.
 */
final class SubjectGate implements Kept {
    private static final Logger LOGGER = System.getLogger(SubjectGate.class.getPackageName());

    private final SubjectCap cap;
    private final Dictionaries dictionaries;
    private final KnownKeys keys;
    /** By namespace, those of the batches that this transaction takes. */
    private final Map<Namespace, Set<String>> promised = new HashMap<>();

    private final Set<ValueHash> seen = new HashSet<>();
    /** Those of the batch that is being looked at. */
    private final Set<String> brought = new HashSet<>();

    private final Set<ValueHash> own = new HashSet<>();
    /** By namespace, what the operator is told once the transaction is stored. */
    private final Map<Namespace, String> warnings = new LinkedHashMap<>();

    private final Map<Namespace, Long> refusals = new HashMap<>();

    SubjectGate(SubjectCap cap, Dictionaries dictionaries, KnownKeys keys) {
        this.cap = cap;
        this.dictionaries = dictionaries;
        this.keys = keys;
    }

    /** The number of that series, which is given one, and its subject counted, if it has none. */
    long series(Session session, Namespace namespace, SeriesKey key) throws SQLException {
        OptionalLong found = dictionaries.find(session, key);
        if (found.isPresent()) {
            return found.getAsLong();
        }
        if (!StoredSubjects.knows(session, key.namespace(), key.subject())) {
            long now = StoredSubjects.add(session, key.namespace());
            if (cap.warnsBetween(now - 1, now)) {
                warnings.putIfAbsent(namespace, now + " by now, and each costs room and time");
            }
        }
        return dictionaries.series(session, key);
    }

    /** Why the batch cannot be stored, if it is not; else {@link #take} has to follow if it is. */
    Optional<ProblemException> refusal(Session session, NewBatch batch) throws SQLException {
        brought.clear();
        own.clear();
        if (!cap.refuses()) {
            return Optional.empty();
        }
        Namespace namespace = batch.namespace();
        Set<String> others = promised.getOrDefault(namespace, Set.of());
        OptionalLong number = dictionaries.known(session, namespace.name());
        long left = cap.left(count(session, number)) - others.size();
        for (int i = 0; i < batch.events().size(); i++) {
            NewEvent event = batch.events().get(i);
            String subject = event.event().subject().value();
            boolean first = !seen.contains(event.key()) && own.add(event.key());
            if (first
                    && !others.contains(subject)
                    && !brought.contains(subject)
                    && isFresh(session, number, event)) {
                if (brought.size() >= left) {
                    warnOfRefusal(namespace);
                    return Optional.of(batch.tooManySubjects(i, cap.most()));
                }
                brought.add(subject);
            }
        }
        return Optional.empty();
    }

    /** The batch that was looked at last belongs to this transaction. */
    void take(Namespace namespace) {
        if (!brought.isEmpty()) {
            promised.computeIfAbsent(namespace, missing -> new HashSet<>()).addAll(brought);
        }
        seen.addAll(own);
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
        warnings.forEach((namespace, warning) -> LOGGER.log(
                Level.WARNING,
                "The namespace " + namespace.name() + " has very many subjects: " + warning + "."));
        undone();
    }

    @Override
    public void undone() {
        warnings.clear();
        begin();
    }

    private boolean isFresh(Session session, OptionalLong namespace, NewEvent event)
            throws SQLException {
        if (namespace.isPresent()) {
            String subject = event.event().subject().value();
            SeriesKey key =
                    new SeriesKey(namespace.getAsLong(), event.event().type().value(), subject);
            if (dictionaries.find(session, key).isPresent()
                    || StoredSubjects.knows(session, namespace.getAsLong(), subject)) {
                return false;
            }
        }
        return !keys.has(session, event.key());
    }

    private static long count(Session session, OptionalLong namespace) throws SQLException {
        return namespace.isPresent() ? StoredSubjects.count(session, namespace.getAsLong()) : 0;
    }

    private void warnOfRefusal(Namespace namespace) {
        long count = refusals.merge(namespace, 1L, Long::sum);
        if (Long.bitCount(count) == 1) {
            warnings.put(namespace, "batches refused for bringing others: " + count);
        }
    }
}
