package io.meterport.application.spi;

import java.util.List;

/**
 * What a verification found.
 *
 * @param events how many events were counted anew
 * @param meters how many meters were compared
 * @param cells how many numbers were compared
 * @param left meters that could not be compared, because they are still being built
 * @param found how many differences there are
 * @param differences the first of them, at most {@value #MOST_SHOWN}, a sentence each
 */
public record VerificationReport(
        long events, long meters, long cells, long left, long found, List<String> differences) {
    /** So many differences are written out. */
    public static final int MOST_SHOWN = 100;

    public VerificationReport {
        differences = List.copyOf(differences);
    }

    /** Whether everything is as it should be. */
    public boolean isSound() {
        return found == 0;
    }
}
