package io.meterport.domain.portal;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class WatermarksTest {
    @Test
    void coversNothingWhereNothingWasRevoked() {
        assertThat(Watermarks.NONE.cover(0)).isFalse();
        assertThat(Watermarks.NONE.highest()).isZero();
    }

    @Test
    void watermarkIsMaxAllOrders() {
        long[] marks = {1, 2, 3, 4, 5};
        permute(marks, 0);
    }

    @Property(tries = 500)
    void coversATokenIfAnyMarkIsGreaterThanItsSequence(
            @ForAll @LongRange(max = 4) long global,
            @ForAll @LongRange(max = 4) long namespace,
            @ForAll @LongRange(max = 4) long apiKey,
            @ForAll @LongRange(max = 4) long subject,
            @ForAll @LongRange(max = 4) long session,
            @ForAll @LongRange(max = 4) long created) {
        Watermarks marks = new Watermarks(global, namespace, apiKey, subject, session);

        boolean any = created < global
                || created < namespace
                || created < apiKey
                || created < subject
                || created < session;

        assertThat(marks.cover(created)).isEqualTo(any);
    }

    private static void permute(long[] marks, int from) {
        if (from == marks.length) {
            Watermarks each = new Watermarks(marks[0], marks[1], marks[2], marks[3], marks[4]);
            assertThat(each.highest()).isEqualTo(5);
            assertThat(each.cover(4)).isTrue();
            assertThat(each.cover(5)).isFalse();
        }
        for (int i = from; i < marks.length; i++) {
            swap(marks, from, i);
            permute(marks, from + 1);
            swap(marks, from, i);
        }
    }

    private static void swap(long[] marks, int i, int j) {
        long mark = marks[i];
        marks[i] = marks[j];
        marks[j] = mark;
    }
}
