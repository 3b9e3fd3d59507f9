package io.meterport.application.portal;

import io.meterport.application.spi.Schedules;
import io.meterport.domain.portal.PortalToken;
import io.meterport.domain.portal.Verdict;
import io.meterport.domain.portal.Watermarks;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jetbrains.lincheck.datastructures.Operation;
import org.junit.jupiter.api.Test;

/**
 * R11: in whatever order the steps of revoking and asking come, the answers are as if each had been
 * given at one moment. So no question after a revocation finds what was remembered before it.
 */
class TokenSchedulesTest {
    private static final PortalToken TOKEN = made();

    /** What is done at the same time. */
    public static class Steps {
        private final VerdictCache cache = new VerdictCache();
        private final Fingerprint fingerprint = new Fingerprint(1, 2, 3, 4);
        private final AtomicLong head = new AtomicLong();

        @Operation(nonParallelGroup = "revoker")
        public void revoke() {
            head.incrementAndGet();
        }

        /** As {@link AuthenticateBearer} does it; the number of the verdict that it goes by. */
        @Operation
        public long ask() {
            Optional<Verdict> known = cache.find(fingerprint, head.get());
            if (known.isPresent()) {
                return known.get().head();
            }
            Verdict read = new Verdict(TOKEN, new byte[0], false, Watermarks.NONE, head.get());
            cache.put(fingerprint, read);
            return read.head();
        }
    }

    private static PortalToken made() {
        Portal portal = new Portal();
        return portal.authenticate(portal.token("acme"));
    }

    @Test
    void noQuestionAfterARevocationIsAnsweredFromWhatWasRememberedBefore() {
        Schedules.check(Steps.class);
    }
}
