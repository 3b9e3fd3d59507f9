package io.meterport.application.portal;

import io.meterport.domain.portal.PortalToken;
import io.meterport.domain.problem.Problem;
import io.meterport.domain.problem.ProblemException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** How many may follow at once: by token, by subject, and in all. Thread-safe. */
final class FollowerCaps {
    static final int MOST_OF_TOKEN = 5;
    static final int MOST_OF_SUBJECT = 20;
    static final int MOST = 1_000;

    private final Map<Object, Integer> counts = new HashMap<>();

    private record Subject(Object namespace, Object key) {}

    private record All() {}

    /** One place among those who follow; free again once closed. */
    interface Place extends AutoCloseable {
        @Override
        void close();
    }

    /** Takes a place, or refuses with {@code too-many-streams}. */
    synchronized Place enter(PortalToken token) {
        Subject subject = new Subject(token.namespace(), token.subject());
        if (count(token.id()) >= MOST_OF_TOKEN
                || count(subject) >= MOST_OF_SUBJECT
                || count(new All()) >= MOST) {
            throw new ProblemException(new Problem.TooMany(
                    "too-many-streams",
                    "Too many streams are open; close one or try again later.",
                    Duration.ofSeconds(5)));
        }
        add(token.id(), 1);
        add(subject, 1);
        add(new All(), 1);
        return () -> leave(token, subject);
    }

    private synchronized void leave(PortalToken token, Subject subject) {
        add(token.id(), -1);
        add(subject, -1);
        add(new All(), -1);
    }

    private int count(Object what) {
        return counts.getOrDefault(what, 0);
    }

    private void add(Object what, int more) {
        counts.merge(what, more, (a, b) -> a + b == 0 ? null : a + b);
    }
}
