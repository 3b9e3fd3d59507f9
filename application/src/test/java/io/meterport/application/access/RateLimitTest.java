package io.meterport.application.access;

import static io.meterport.application.Refusals.problemOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.meterport.application.TestTime;
import io.meterport.application.spi.Samples;
import io.meterport.domain.problem.Problem;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RateLimitTest {
    private final TestTime time = new TestTime(Samples.NOON);
    private final RateLimit limit = new RateLimit(10, 20, time::nanoTime);

    @Test
    void allowsABurstAndThenSaysHowLongToWait() {
        IntStream.range(0, 20).forEach(i -> limit.take("a"));

        Problem refused = problemOf(() -> limit.take("a"));

        assertThat(refused)
                .isInstanceOfSatisfying(
                        Problem.TooMany.class,
                        many -> assertThat(many.retryAfter()).isEqualTo(Duration.ofSeconds(1)));
    }

    @Test
    void fillsAgainAtItsRateAndNotAboveItsBurst() {
        IntStream.range(0, 20).forEach(i -> limit.take("a"));
        time.pass(Duration.ofSeconds(1));
        IntStream.range(0, 10).forEach(i -> limit.take("a"));
        Problem early = problemOf(() -> limit.take("a"));

        time.pass(Duration.ofDays(1));
        IntStream.range(0, 20).forEach(i -> limit.take("a"));

        assertThat(early).isInstanceOf(Problem.TooMany.class);
        assertThat(problemOf(() -> limit.take("a"))).isInstanceOf(Problem.TooMany.class);
    }

    @Test
    void oneCallerDoesNotUseUpWhatAnotherMay() {
        IntStream.range(0, 20).forEach(i -> limit.take("a"));

        assertThatCode(() -> limit.take("b")).doesNotThrowAnyException();
    }
}
