package io.meterport.adapters.postgres.event;

import io.meterport.application.spi.SubjectCap;
import io.meterport.domain.problem.ProblemException;
import io.meterport.domain.subject.Namespace;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Refuses batches that bring more subjects than their namespace has room for, in the order in which
 * they came. A batch that is refused takes no room. Belongs to one transaction, in which nobody else
 * adds any.
 */
final class SubjectGate {
    private final SubjectCap cap;
    private final Map<Namespace, Dictionaries.Room> rooms;
    private final Map<Namespace, Set<String>> promised = new HashMap<>();
    private final List<Namespace> full = new ArrayList<>();

    /**
     * @param rooms what each namespace may still be given
     */
    SubjectGate(SubjectCap cap, Map<Namespace, Dictionaries.Room> rooms) {
        this.cap = cap;
        this.rooms = rooms;
    }

    /** Why which batches are refused, if these are their new events. */
    Map<NewBatch, ProblemException> refusals(List<NewEvent> events) {
        Map<NewBatch, ProblemException> refusals = new LinkedHashMap<>();
        NewEvent.byBatch(events).forEach((batch, own) -> look(batch, own, refusals));
        return refusals;
    }

    /** The namespaces that had no room, one for each batch that was refused. */
    List<Namespace> full() {
        return full;
    }

    private void look(
            NewBatch batch, List<NewEvent> events, Map<NewBatch, ProblemException> refusals) {
        Namespace namespace = batch.batch().namespace();
        Dictionaries.Room room = rooms.getOrDefault(namespace, new Dictionaries.Room(Set.of(), 0));
        Set<String> others = promised.computeIfAbsent(namespace, missing -> new HashSet<>());
        Set<String> brought = new HashSet<>();
        for (NewEvent event : events) {
            String subject = event.event().subject().value();
            if (room.fresh().contains(subject) && !others.contains(subject)) {
                brought.add(subject);
            }
            if (others.size() + brought.size() > room.left()) {
                full.add(namespace);
                refusals.put(batch, batch.batch().tooManySubjects(event.index(), cap.most()));
                return;
            }
        }
        others.addAll(brought);
    }
}
