package io.meterport.domain.usage;

import static org.assertj.core.api.Assertions.assertThat;

import io.meterport.domain.usage.ZonesWithChanges.Moment;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class WindowSizeTest {
    @Test
    void cutsHoursByTheClockOfTheZone() {
        assertThat(hours("2025-03-05T10:00:00Z", "2025-03-05T10:30:00Z", "Asia/Kathmandu"))
                .containsExactly(
                        "2025-03-05T09:15:00Z/2025-03-05T10:15:00Z",
                        "2025-03-05T10:15:00Z/2025-03-05T11:15:00Z");
    }

    @Test
    void endsAnHourInWhichTheOffsetChanges() {
        assertThat(hours("2025-04-05T14:00:00Z", "2025-04-05T16:30:00Z", "Australia/Lord_Howe"))
                .containsExactly(
                        "2025-04-05T14:00:00Z/2025-04-05T15:00:00Z",
                        "2025-04-05T15:00:00Z/2025-04-05T15:30:00Z",
                        "2025-04-05T15:30:00Z/2025-04-05T16:30:00Z");
        assertThat(hours("2025-10-04T15:00:00Z", "2025-10-04T17:00:00Z", "Australia/Lord_Howe"))
                .containsExactly(
                        "2025-10-04T14:30:00Z/2025-10-04T15:30:00Z",
                        "2025-10-04T15:30:00Z/2025-10-04T16:00:00Z",
                        "2025-10-04T16:00:00Z/2025-10-04T17:00:00Z");
        assertThat(hours("2007-12-09T06:00:00Z", "2007-12-09T08:00:00Z", "America/Caracas"))
                .containsExactly(
                        "2007-12-09T06:00:00Z/2007-12-09T07:00:00Z",
                        "2007-12-09T07:00:00Z/2007-12-09T07:30:00Z",
                        "2007-12-09T07:30:00Z/2007-12-09T08:30:00Z");
    }

    @Test
    void hasTheHourTwiceThatClocksGoBack() {
        assertThat(hours("2025-11-02T05:00:00Z", "2025-11-02T07:00:00Z", "America/New_York"))
                .containsExactly(
                        "2025-11-02T05:00:00Z/2025-11-02T06:00:00Z",
                        "2025-11-02T06:00:00Z/2025-11-02T07:00:00Z");
    }

    @Test
    void hasDaysOf23And25Hours() {
        ZoneId zone = ZoneId.of("America/New_York");

        assertThat(length(WindowSize.DAY, "2025-03-09T12:00:00Z", zone))
                .isEqualTo(Duration.ofHours(23));
        assertThat(length(WindowSize.DAY, "2025-11-02T12:00:00Z", zone))
                .isEqualTo(Duration.ofHours(25));
        assertThat(length(WindowSize.DAY, "2025-11-03T12:00:00Z", zone))
                .isEqualTo(Duration.ofHours(24));
        assertThat(length(WindowSize.DAY, "2025-04-05T20:00:00Z", ZoneId.of("Australia/Lord_Howe")))
                .isEqualTo(Duration.ofMinutes(24 * 60 + 30));
    }

    @Test
    void beginsADayAtItsFirstInstantWhereMidnightNeverWas() {
        Window day =
                WindowSize.DAY.at(Instant.parse("2025-04-25T10:00:00Z"), ZoneId.of("Africa/Cairo"));

        assertThat(day)
                .hasToString(
                        window("2025-04-24T22:00:00Z", "2025-04-25T21:00:00Z").toString());
        assertThat(LocalDateTime.ofInstant(day.start(), ZoneId.of("Africa/Cairo")))
                .isEqualTo(LocalDateTime.of(2025, 4, 25, 1, 0));
    }

    @Test
    void leavesOutADayThatNeverWas() {
        ZoneId apia = ZoneId.of("Pacific/Apia");
        Window range = window("2011-12-29T20:00:00Z", "2012-01-01T20:00:00Z");

        List<LocalDate> dates = WindowSize.DAY.split(range, apia, 100).stream()
                .map(day -> LocalDate.ofInstant(day.start(), apia))
                .toList();

        assertThat(dates)
                .containsExactly(
                        LocalDate.of(2011, 12, 29),
                        LocalDate.of(2011, 12, 31),
                        LocalDate.of(2012, 1, 1),
                        LocalDate.of(2012, 1, 2));
    }

    @Test
    void hasMonthsAndLeapYears() {
        assertThat(length(WindowSize.MONTH, "2024-02-10T00:00:00Z", ZoneOffset.UTC))
                .isEqualTo(Duration.ofDays(29));
        assertThat(WindowSize.MONTH.at(
                        Instant.parse("2025-01-01T00:00:00Z"), ZoneId.of("America/New_York")))
                .isEqualTo(window("2024-12-01T05:00:00Z", "2025-01-01T05:00:00Z"));
    }

    @Test
    void givesWholeWindowsAndNoneBehindTheRange() {
        assertThat(hours("2025-03-05T10:59:59.999999Z", "2025-03-05T11:00:00.000001Z", "UTC"))
                .containsExactly(
                        "2025-03-05T10:00:00Z/2025-03-05T11:00:00Z",
                        "2025-03-05T11:00:00Z/2025-03-05T12:00:00Z");
        assertThat(hours("2025-03-05T10:00:00Z", "2025-03-05T11:00:00Z", "UTC")).hasSize(1);
        assertThat(hours("2025-03-05T10:00:00Z", "2025-03-05T10:00:00Z", "UTC")).isEmpty();
    }

    @Test
    void givesNoMoreThanItIsAskedFor() {
        Window year = window("2025-01-01T00:00:00Z", "2026-01-01T00:00:00Z");

        assertThat(WindowSize.MINUTE.split(year, ZoneOffset.UTC, 17)).hasSize(17);
    }

    @Property(tries = 1_000, edgeCases = EdgeCasesMode.NONE)
    void tilesAnyRangeInAnyZone(
            @ForAll("moments") Moment moment,
            @ForAll WindowSize size,
            @ForAll @LongRange(min = 1, max = 200_000_000_000L) long micros) {
        Window range = new Window(moment.at(), moment.at().plus(micros, ChronoUnit.MICROS));

        List<Window> windows = size.split(range, moment.zone(), 20_000);

        assertThat(windows.getFirst().contains(range.start())).isTrue();
        assertThat(windows.getLast().contains(range.end().minusNanos(1))).isTrue();
        for (int i = 0; i < windows.size(); i++) {
            assertThat(windows.get(i).start()).isBefore(windows.get(i).end());
            if (i > 0) {
                assertThat(windows.get(i).start()).isEqualTo(windows.get(i - 1).end());
            }
        }
    }

    @Property(tries = 2_000, edgeCases = EdgeCasesMode.NONE)
    void isOneWindowForEveryMomentInIt(@ForAll("moments") Moment moment, @ForAll WindowSize size) {
        Window window = size.at(moment.at(), moment.zone());

        assertThat(window.contains(moment.at())).isTrue();
        assertThat(size.at(window.start(), moment.zone())).isEqualTo(window);
        assertThat(size.at(window.end().minusNanos(1), moment.zone())).isEqualTo(window);
        assertThat(size.at(window.end(), moment.zone()).start()).isEqualTo(window.end());
        assertThat(size.at(window.start().minusNanos(1), moment.zone()).end())
                .isEqualTo(window.start());
    }

    @Property(tries = 1_000, edgeCases = EdgeCasesMode.NONE)
    void minutesAndHoursLieWithinOneClockMinuteOrHourAtOneOffset(@ForAll("moments") Moment moment) {
        for (WindowSize size : List.of(WindowSize.MINUTE, WindowSize.HOUR)) {
            Window window = size.at(moment.at(), moment.zone());
            ZoneOffset offset = moment.zone().getRules().getOffset(window.start());
            ChronoUnit unit = size == WindowSize.HOUR ? ChronoUnit.HOURS : ChronoUnit.MINUTES;
            Instant last = window.end().minusNanos(1);

            assertThat(moment.zone().getRules().getOffset(last)).isEqualTo(offset);
            assertThat(LocalDateTime.ofInstant(last, offset).truncatedTo(unit))
                    .isEqualTo(LocalDateTime.ofInstant(window.start(), offset).truncatedTo(unit));
        }
    }

    @Property(tries = 1_000, edgeCases = EdgeCasesMode.NONE)
    void noTwoDaysAndNoTwoMonthsHaveOneDate(@ForAll("moments") Moment moment) {
        Window day = WindowSize.DAY.at(moment.at(), moment.zone());
        Window month = WindowSize.MONTH.at(moment.at(), moment.zone());

        assertThat(date(day.start(), moment.zone())).isBefore(date(day.end(), moment.zone()));
        assertThat(YearMonth.from(date(month.start(), moment.zone())))
                .isBefore(YearMonth.from(date(month.end(), moment.zone())));
        assertThat(month.start()).isBeforeOrEqualTo(day.start());
        assertThat(month.end()).isAfterOrEqualTo(day.end());
    }

    @Property(tries = 500, edgeCases = EdgeCasesMode.NONE)
    void saysThatThereAreTooManyOnlyWhereThereAre(
            @ForAll("moments") Moment moment,
            @ForAll WindowSize size,
            @ForAll @LongRange(min = 1, max = 300_000_000_000L) long micros) {
        Window range = new Window(moment.at(), moment.at().plus(micros, ChronoUnit.MICROS));

        if (size.surelyMoreThan(50, range)) {
            assertThat(size.split(range, moment.zone(), 51)).hasSize(51);
        }
    }

    @Provide
    Arbitrary<Moment> moments() {
        return Arbitraries.frequencyOf(
                Tuple.of(1, ZonesWithChanges.moments()),
                Tuple.of(
                        2,
                        Arbitraries.of(
                                        "Australia/Lord_Howe",
                                        "America/Caracas",
                                        "Pacific/Apia",
                                        "Africa/Cairo",
                                        "Asia/Beirut",
                                        "America/Havana",
                                        "America/St_Johns",
                                        "Africa/Monrovia",
                                        "Antarctica/Troll",
                                        "Pacific/Kwajalein",
                                        "America/Toronto")
                                .map(ZoneId::of)
                                .flatMap(zone -> ZonesWithChanges.near(zone)
                                        .map(at -> new Moment(zone, at)))));
    }

    private static LocalDate date(Instant at, ZoneId zone) {
        return LocalDate.ofInstant(at, zone);
    }

    private static Duration length(WindowSize size, String at, ZoneId zone) {
        Window window = size.at(Instant.parse(at), zone);
        return Duration.between(window.start(), window.end());
    }

    private static List<String> hours(String from, String to, String zone) {
        return WindowSize.HOUR.split(window(from, to), ZoneId.of(zone), 100).stream()
                .map(window -> window.start() + "/" + window.end())
                .toList();
    }

    private static Window window(String from, String to) {
        return new Window(Instant.parse(from), Instant.parse(to));
    }
}
