package io.meterport.adapters.sqlite.usage;

import static org.assertj.core.api.Assertions.assertThat;

import io.meterport.adapters.sqlite.rollup.Level;
import io.meterport.adapters.sqlite.rollup.Stretch;
import io.meterport.domain.usage.Window;
import io.meterport.domain.usage.WindowSize;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class CutTest {
    private static final Instant START = Instant.parse("2025-03-29T12:00:00Z");

    @Property
    void countsEveryMomentOnceAndInItsWindow(
            @ForAll("zones") ZoneId zone,
            @ForAll WindowSize size,
            @ForAll @LongRange(min = 0, max = 172_800_000_000L) long from,
            @ForAll @LongRange(min = 1, max = 400_000_000_000L) long length,
            @ForAll @IntRange(max = 999_999) int place) {
        Window range = new Window(
                START.plus(from, ChronoUnit.MICROS), START.plus(from + length, ChronoUnit.MICROS));
        List<Window> windows = size.split(range, zone, 10_000);
        Cut cut = new Cut(windows, range, range.start());
        long moment = cut.start() + (cut.end() - cut.start()) * place / 1_000_000;

        int window = countedIn(cut, moment);

        assertThat(windows.get(window).contains(Instant.EPOCH.plus(moment, ChronoUnit.MICROS)))
                .isTrue();
    }

    @Test
    void needsOnlyHoursForDaysWhoseOffsetIsWhole() {
        assertThat(days("UTC").split(Level.HOURS)).isEmpty();
        assertThat(days("America/New_York").split(Level.HOURS)).isEmpty();
    }

    @Test
    void needsTheMinutesOfOneHourADayInKathmandu() {
        Cut cut = days("Asia/Kathmandu");

        assertThat(cut.split(Level.HOURS))
                .hasSize(32)
                .allMatch(hours -> hours.to() == hours.from() + 1);
        assertThat(cut.split(Level.MINUTES)).isEmpty();
    }

    @Test
    void needsEventsOnlyForTheMinutesAtItsRaggedEnds() {
        Window range = new Window(START.plusSeconds(1), START.plusSeconds(86_461));
        Cut cut = new Cut(WindowSize.DAY.split(range, ZoneId.of("UTC"), 10), range, range.start());

        assertThat(cut.split(Level.MINUTES)).hasSize(2);
        assertThat(cut.split(Level.HOURS)).hasSize(2);
    }

    @Provide
    Arbitrary<ZoneId> zones() {
        return Arbitraries.of(
                        "UTC",
                        "Europe/Berlin",
                        "America/New_York",
                        "Asia/Kathmandu",
                        "Australia/Lord_Howe",
                        "Africa/Monrovia")
                .map(ZoneId::of);
    }

    /** The window that the moment is counted in, which must happen by one way only. */
    private static int countedIn(Cut cut, long moment) {
        int byHour = cut.whole(Level.HOURS, Level.HOURS.bucket(moment));
        int byMinute = cut.whole(Level.MINUTES, Level.MINUTES.bucket(moment));
        boolean hourIsSplit = contains(cut.split(Level.HOURS), Level.HOURS.bucket(moment));
        boolean minuteIsSplit = contains(cut.split(Level.MINUTES), Level.MINUTES.bucket(moment));
        assertThat(hourIsSplit).isEqualTo(byHour == Cut.NONE);
        assertThat(minuteIsSplit).isEqualTo(byMinute == Cut.NONE);
        if (!hourIsSplit) {
            return byHour;
        }
        return minuteIsSplit ? cut.at(moment) : byMinute;
    }

    private static boolean contains(List<Stretch> stretches, long bucket) {
        return stretches.stream().anyMatch(stretch -> stretch.contains(bucket));
    }

    private static Cut days(String zone) {
        ZoneId id = ZoneId.of(zone);
        Instant start = Instant.parse("2025-01-01T00:00:00Z")
                .atZone(ZoneId.of("UTC"))
                .toLocalDate()
                .atStartOfDay(id)
                .toInstant();
        Window range = new Window(start, start.plus(Duration.ofDays(31)));
        return new Cut(WindowSize.DAY.split(range, id, 100), range, range.start());
    }
}
