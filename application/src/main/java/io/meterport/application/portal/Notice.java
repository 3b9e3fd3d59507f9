package io.meterport.application.portal;

import io.meterport.domain.meter.MeterSlug;
import io.meterport.domain.portal.PortalToken;
import java.time.Instant;
import java.util.Objects;

/** What one who follows a subject's usage is told. */
public sealed interface Notice {
    /** That changes will be told from here on; what came before has to be asked for. */
    record Ready(PortalToken token, Instant now) implements Notice {
        public Ready {
            Objects.requireNonNull(token, "token");
            Objects.requireNonNull(now, "now");
        }
    }

    /** That the usage of that meter has changed. */
    record Changed(MeterSlug meter) implements Notice {
        public Changed {
            Objects.requireNonNull(meter, "meter");
        }
    }

    /** That nothing has changed for a while, and that we are still there. */
    record Alive() implements Notice {}

    /** That this was the last notice. */
    record Ended(Reason reason) implements Notice {
        public Ended {
            Objects.requireNonNull(reason, "reason");
        }
    }

    /** Why the notices end. */
    enum Reason {
        EXPIRED,
        REVOKED,
        SHUTDOWN
    }
}
