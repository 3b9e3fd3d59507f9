package io.meterport.adapters.postgres.usage;

import io.meterport.application.spi.VerificationReport;
import java.util.ArrayList;
import java.util.List;

/** What a verification has found so far. Not thread-safe. */
final class Report {
    private final List<String> differences = new ArrayList<>();
    private long found;
    private long events;
    private long cells;

    void addEvent() {
        events++;
    }

    /** Compares one number. */
    void compare(boolean same, String difference) {
        cells++;
        if (!same) {
            found++;
            if (differences.size() < VerificationReport.MOST_SHOWN) {
                differences.add(difference);
            }
        }
    }

    VerificationReport finish(long meters, long left) {
        return new VerificationReport(events, meters, cells, left, found, differences);
    }
}
