package io.meterport.application.portal;

import io.meterport.domain.portal.Verdict;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Verdicts on the tokens seen last. One that was read before the last revocation is no use. */
final class VerdictCache {
    static final int MOST_VERDICTS = 10_000;

    private final Map<Fingerprint, Verdict> verdicts = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Fingerprint, Verdict> eldest) {
            return size() > MOST_VERDICTS;
        }
    };

    synchronized Optional<Verdict> find(Fingerprint fingerprint, long head) {
        return Optional.ofNullable(verdicts.get(fingerprint))
                .filter(verdict -> verdict.head() == head);
    }

    synchronized void put(Fingerprint fingerprint, Verdict verdict) {
        verdicts.put(fingerprint, verdict);
    }
}
