package io.meterport.application.portal;

import static org.assertj.core.api.Assertions.assertThat;

import io.meterport.domain.event.EventType;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ChangedTypesTest {
    private static final EventType REQUEST = new EventType("request");
    private static final EventType OTHER = new EventType("other");

    @Test
    void handsOnEachTypeOnceAndAgainOnlyAfterATick() throws InterruptedException {
        ChangedTypes types = new ChangedTypes(Duration.ofHours(1));
        types.add(REQUEST);
        types.add(REQUEST);

        assertThat(types.next()).containsExactly(REQUEST);
        types.add(REQUEST);
        types.add(OTHER);
        assertThat(types.next()).containsExactly(OTHER);
    }

    @Test
    void losesNoneHoweverManyEventsOfAnotherCome() throws InterruptedException {
        ChangedTypes types = new ChangedTypes(Duration.ofHours(1));
        for (int i = 0; i < 10_000; i++) {
            types.add(REQUEST);
        }
        types.add(OTHER);

        assertThat(types.next()).containsExactly(REQUEST, OTHER);
    }

    @Test
    void handsOnWhatCameDuringATickAtItsEnd() throws InterruptedException {
        ChangedTypes types = new ChangedTypes(Duration.ofMillis(5));
        types.add(REQUEST);
        types.next();

        types.add(REQUEST);
        Set<EventType> found = new HashSet<>();
        for (int i = 0; i < 1_000 && found.isEmpty(); i++) {
            found.addAll(types.next());
        }

        assertThat(found).containsExactly(REQUEST);
    }

    @Test
    void findsNothingAfterATickWithoutEvents() throws InterruptedException {
        ChangedTypes types = new ChangedTypes(Duration.ofMillis(1));

        assertThat(types.next()).isEmpty();
    }
}
