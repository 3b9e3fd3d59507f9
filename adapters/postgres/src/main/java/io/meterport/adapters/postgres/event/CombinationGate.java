package io.meterport.adapters.postgres.event;

import io.meterport.adapters.postgres.rollup.Target;
import io.meterport.application.spi.CombinationCap;
import io.meterport.domain.meter.Contribution;
import io.meterport.domain.meter.MeterId;
import io.meterport.domain.problem.ProblemException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Refuses batches that bring more combinations of dimension values than there is room for, in the
 * order in which they came. A batch that is refused takes no room. Belongs to one transaction, in
 * which nobody else adds any.
 */
final class CombinationGate {
    private record Brought(long build, List<String> group) {}

    private final CombinationCap cap;
    private final Map<MeterId, Target> targets;
    private final Map<Long, Combinations.Room> rooms;
    private final Set<Brought> promised = new HashSet<>();
    private final List<Long> full = new ArrayList<>();

    /**
     * @param rooms what each build may still be given
     */
    CombinationGate(
            CombinationCap cap, Map<MeterId, Target> targets, Map<Long, Combinations.Room> rooms) {
        this.cap = cap;
        this.targets = targets;
        this.rooms = rooms;
    }

    /** Why which batches are refused, if these are their new events. */
    Map<NewBatch, ProblemException> refusals(List<NewEvent> events) {
        Map<NewBatch, ProblemException> refusals = new LinkedHashMap<>();
        NewEvent.byBatch(events).forEach((batch, own) -> look(batch, own, refusals));
        return refusals;
    }

    /** The builds that had no room, one for each batch that was refused. */
    List<Long> full() {
        return full;
    }

    private void look(
            NewBatch batch, List<NewEvent> events, Map<NewBatch, ProblemException> refusals) {
        Set<Brought> brought = new HashSet<>();
        for (NewEvent event : events) {
            OptionalLong build = take(event, brought);
            if (build.isPresent()) {
                full.add(build.getAsLong());
                refusals.put(batch, batch.batch().tooManyCombinations(event.index(), cap.most()));
                return;
            }
        }
        promised.addAll(brought);
    }

    /** The build that has no room for what the event brings, if there is one. */
    private OptionalLong take(NewEvent event, Set<Brought> brought) {
        for (Contribution gives : event.metered().contributions()) {
            Target target = targets.get(gives.meter());
            if (target != null && target.hasParts()) {
                Brought one = new Brought(target.build(), gives.group());
                if (isFresh(one, brought)) {
                    if (taken(one.build(), brought) >= room(one.build()).left()) {
                        return OptionalLong.of(one.build());
                    }
                    brought.add(one);
                }
            }
        }
        return OptionalLong.empty();
    }

    private boolean isFresh(Brought one, Set<Brought> brought) {
        return room(one.build()).fresh().contains(one.group())
                && !promised.contains(one)
                && !brought.contains(one);
    }

    private long taken(long build, Set<Brought> brought) {
        return promised.stream().filter(each -> each.build() == build).count()
                + brought.stream().filter(each -> each.build() == build).count();
    }

    private Combinations.Room room(long build) {
        return rooms.getOrDefault(build, new Combinations.Room(Set.of(), 0));
    }
}
