package io.meterport.adapters.http;

import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Set;

/** Time zones by their IANA names, and by nothing else that Java would take. */
final class Zones {
    private static final Set<String> KNOWN = Set.copyOf(ZoneId.getAvailableZoneIds());

    private Zones() {}

    /** The zone of that name, or {@code invalid-time-zone}. */
    static ZoneId of(String name) {
        if (name.equals("UTC")) {
            return ZoneOffset.UTC;
        }
        if (!KNOWN.contains(name)) {
            throw Faults.of("invalid-time-zone", "windowTimeZone is not a known IANA time zone.");
        }
        return ZoneId.of(name);
    }

    /** The name of that zone, by which {@link #of} finds it again. */
    static String name(ZoneId zone) {
        return zone.equals(ZoneOffset.UTC) ? "UTC" : zone.getId();
    }
}
