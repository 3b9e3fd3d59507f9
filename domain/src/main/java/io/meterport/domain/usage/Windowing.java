package io.meterport.domain.usage;

import java.time.ZoneId;
import java.util.Objects;

/** Whether an answer is one number for the whole range or one for each window of a size. */
public sealed interface Windowing {
    /** One number for the whole range. */
    record Whole() implements Windowing {}

    /** One number for each window, cut by the clock of the zone. */
    record By(WindowSize size, ZoneId zone) implements Windowing {
        public By {
            Objects.requireNonNull(size, "size");
            Objects.requireNonNull(zone, "zone");
        }
    }
}
