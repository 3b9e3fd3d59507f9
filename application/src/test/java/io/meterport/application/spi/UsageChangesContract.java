package io.meterport.application.spi;

import static org.assertj.core.api.Assertions.assertThat;

import io.meterport.domain.event.EventType;
import io.meterport.domain.subject.Namespace;
import io.meterport.domain.subject.SubjectKey;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What everybody may rely on who asks a storage when usage changed. */
public abstract class UsageChangesContract extends StorageContract {
    private static final SubjectKey ALICE = new SubjectKey("alice");
    private static final Set<EventType> REQUESTS = Set.of(new EventType("request"));

    @Test
    void whatNeverChangedHasNeitherNumberNorTime() {
        assertThat(last(ALICE, REQUESTS)).isEqualTo(UsageChange.NONE);
    }

    @Test
    void theNumberRisesWithEachNewEventAndStaysWithoutOne() {
        driver().send(Samples.event("1"));
        UsageChange first = last(ALICE, REQUESTS);
        driver().send(Samples.event("1"));
        UsageChange repeated = last(ALICE, REQUESTS);
        driver().send(Samples.event("2"));

        assertThat(repeated).isEqualTo(first);
        assertThat(first.at()).isPresent();
        assertThat(last(ALICE, REQUESTS).number()).isGreaterThan(first.number());
    }

    @Test
    void othersEventsAndOtherTypesChangeNothing() {
        driver().send(Samples.event("1"));
        UsageChange before = last(ALICE, REQUESTS);

        driver().send(Samples.event("2").of("bob"));
        driver().send(Samples.event("3").type("other"));

        assertThat(last(ALICE, REQUESTS)).isEqualTo(before);
        assertThat(last(ALICE, Set.of(new EventType("request"), new EventType("other")))
                        .number())
                .isGreaterThan(before.number());
    }

    @Test
    void aChangeThatWasAskedForBeforeItsFirstEventIsSeen() {
        UsageChange before = last(ALICE, REQUESTS);

        driver().send(Samples.event("1"));

        assertThat(last(ALICE, REQUESTS).number()).isGreaterThan(before.number());
    }

    @Test
    void tellsThoseWhoFollowTheSubjectUntilTheyStop() {
        List<EventType> told = Collections.synchronizedList(new ArrayList<>());
        UsageChanges.Subscription following =
                events().changes().subscribe(Namespace.DEFAULT, ALICE, told::add);

        driver().send(Samples.event("1"));
        driver().send(Samples.event("2").of("bob"));
        following.close();
        driver().send(Samples.event("3"));

        assertThat(told).containsExactly(new EventType("request"));
    }

    @Test
    void whoIsToldFindsTheChange() {
        List<UsageChange> found = Collections.synchronizedList(new ArrayList<>());
        try (UsageChanges.Subscription _ = events().changes()
                .subscribe(
                        Namespace.DEFAULT, ALICE, type -> found.add(last(ALICE, Set.of(type))))) {
            driver().send(Samples.event("1"));
        }

        assertThat(found).singleElement().isEqualTo(last(ALICE, REQUESTS));
    }

    private UsageChange last(SubjectKey subject, Set<EventType> types) {
        return events().changes().last(Namespace.DEFAULT, subject, types);
    }
}
