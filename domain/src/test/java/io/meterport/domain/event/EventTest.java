package io.meterport.domain.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meterport.domain.problem.ProblemException;
import io.meterport.domain.subject.SubjectKey;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventTest {
    @Test
    void cutsTheTimeToTheMicrosecond() {
        assertThat(at("2025-03-05T12:00:00.123456999Z").time())
                .isEqualTo(Instant.parse("2025-03-05T12:00:00.123456Z"));
        assertThat(at("2025-03-05T12:00:00Z").time())
                .isEqualTo(Instant.parse("2025-03-05T12:00:00Z"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1970-01-01T00:00:00.000001Z", "9999-12-31T23:59:59.999999999Z"})
    void takesEveryTimeAfter1970AndBeforeTheYear10000(String time) {
        assertThat(at(time).time()).isBeforeOrEqualTo(Instant.parse(time));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1970-01-01T00:00:00Z",
                "1970-01-01T00:00:00.000000999Z",
                "1969-12-31T23:59:59.999999Z",
                "-0001-01-01T00:00:00Z",
                "+10000-01-01T00:00:00Z"
            })
    void refusesEveryOtherTime(String time) {
        assertThatThrownBy(() -> at(time))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("invalid-event: time must lie after 1970-01-01T00:00:00Z");
    }

    private static Event at(String time) {
        return new Event(
                new EventKey("tests", "1"),
                new EventType("request"),
                new SubjectKey("alice"),
                Instant.parse(time),
                Optional.empty());
    }
}
