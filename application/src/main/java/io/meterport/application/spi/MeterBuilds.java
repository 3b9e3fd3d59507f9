package io.meterport.application.spi;

import io.meterport.domain.meter.MeterId;
import java.util.List;
import java.util.Optional;

/**
 * Counts the events that were stored before a meter was defined, or before its dimensions changed,
 * while new events keep arriving. A change of a meter fixes, in its own transaction, the last event
 * that the build has to count; later ones count as they arrive.
 */
public interface MeterBuilds {
    /** A build that is not finished, oldest first; empty if there is none. */
    Optional<MeterBuild> next();

    /** The next stored events that the build has to look at, at most that many. */
    BuildChunk chunk(MeterBuild build, int most);

    /**
     * Counts the events of a chunk and moves the build behind it, in one transaction; a build that
     * has reached its end is finished by it. Does nothing, and returns false, if the build has been
     * replaced, has been removed or already stands elsewhere.
     */
    boolean count(MeterBuild build, BuildChunk chunk, List<MeteredEvent> events);

    /** How far the build of that meter is; empty if it has none or it is finished. */
    Optional<BuildProgress> progress(MeterId meter);

    /**
     * How many combinations of dimension values have been counted apart for the live meter that has
     * the most of them; zero if nothing has been counted. Cheap enough to be asked each few seconds.
     */
    long mostCombinations();

    /**
     * How many live meters count further combinations together under one, because they have met more
     * than they may tell apart; zero for a store without such a cap. Cheap as well.
     */
    default long folding() {
        return 0;
    }
}
