package io.meterport.adapters.http;

import io.meterport.adapters.http.wire.Answer;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The answers asked for last, ready to be sent again, by names that change with all that they
 * depend on: what was kept under a name that is asked for is never out of date. A customer's page
 * asks the same questions again and again; this saves the reading, the sums and the writing of
 * JSON, about a third of the time of a query (docs/benchmarks). Thread-safe.
 */
final class KeptAnswers {
    /** Roughly what an entry takes beside the answer's bytes. */
    private static final int BESIDE = 512;
    /** A few large answers must not drive out all the small ones. */
    private static final int LARGEST_PART = 16;

    private final Map<Object, Answer> answers = new LinkedHashMap<>(16, 0.75f, true);
    private final long most;
    private long held;

    /**
     * Keeps answers of about so many bytes together.
     *
     * @param most zero for none
     */
    KeptAnswers(long most) {
        this.most = most;
    }

    /** The answer of that name; worked out, outside of any lock, if it is not there. */
    Answer get(Object name, Supplier<Answer> make) {
        Optional<Answer> kept = find(name);
        if (kept.isPresent()) {
            return kept.get();
        }
        Answer made = make.get();
        if (size(made) <= most / LARGEST_PART) {
            keep(name, made);
        }
        return made;
    }

    private synchronized Optional<Answer> find(Object name) {
        return Optional.ofNullable(answers.get(name));
    }

    private synchronized void keep(Object name, Answer answer) {
        Optional.ofNullable(answers.put(name, answer)).ifPresent(before -> held -= size(before));
        held += size(answer);
        Iterator<Answer> eldest = answers.values().iterator();
        while (held > most) {
            held -= size(eldest.next());
            eldest.remove();
        }
    }

    private static long size(Answer answer) {
        return BESIDE + answer.heldBytes();
    }
}
