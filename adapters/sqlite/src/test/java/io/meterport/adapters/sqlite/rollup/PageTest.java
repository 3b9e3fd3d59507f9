package io.meterport.adapters.sqlite.rollup;

import static org.assertj.core.api.Assertions.assertThat;

import io.meterport.domain.meter.Aggregation;
import io.meterport.domain.meter.Contribution;
import io.meterport.domain.meter.PropertyPath;
import io.meterport.domain.usage.Tally;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class PageTest {
    private static final PropertyPath VALUE = PropertyPath.of("$.value");
    private static final long DAY = 20_152;

    /** One event: its combination, its time within the day, and its value. */
    record Given(int combination, long micros, Contribution.Value value) {}

    @Property
    void holdsWhatAllEventsAddUpTo(
            @ForAll("levels") Level level,
            @ForAll("aggregations") Aggregation aggregation,
            @ForAll("batches") List<List<Given>> batches)
            throws SQLException {
        Page page = new Page(level);
        long number = level.page(level.bucket(DAY * 86_400_000_000L));
        byte[] bytes = Page.EMPTY;
        Map<List<Long>, Tally> expected =
                new TreeMap<>((a, b) -> a.toString().compareTo(b.toString()));

        for (List<Given> batch : batches) {
            CellMap added = new CellMap();
            for (Given event : batch) {
                long micros = DAY * 86_400_000_000L + event.micros() % level.start(level.slots());
                long bucket = level.bucket(micros);
                int key = event.combination() * level.slots()
                        + (int) (bucket - number * level.slots());
                added.at(key)
                        .add(
                                Merge.of(aggregation),
                                Cell.of(Merge.of(aggregation), micros, event.value()));
                expected.merge(
                        List.of((long) event.combination(), bucket),
                        Tally.of(aggregation, instant(micros), event.value()),
                        (a, b) -> a.plus(aggregation, b));
            }
            bytes = page.with(bytes, number, added, Merge.of(aggregation));
        }

        assertThat(read(page, bytes, number, level)).isEqualTo(plain(expected));
    }

    @Test
    void showsOnlyWhatLiesInTheStretch() throws SQLException {
        CellMap cells = new CellMap();
        for (int minute = 0; minute < 60; minute++) {
            cells.at(minute).add(Merge.COUNT, cell(minute));
        }
        byte[] bytes = new Page(Level.MINUTES).with(Page.EMPTY, 0, cells, Merge.COUNT);

        TreeMap<Long, Long> shown = new TreeMap<>();
        new Page(Level.MINUTES)
                .read(
                        bytes,
                        0,
                        new Stretch(10, 12),
                        (combination, minute, cell) ->
                                shown.put(minute, cell.tally().events()));

        assertThat(shown).isEqualTo(Map.of(10L, 1L, 11L, 1L));
    }

    @Provide
    Arbitrary<Level> levels() {
        return Arbitraries.of(Level.class);
    }

    @Provide
    Arbitrary<Aggregation> aggregations() {
        return Arbitraries.of(
                new Aggregation.Sum(VALUE),
                new Aggregation.Min(VALUE),
                new Aggregation.Max(VALUE),
                new Aggregation.Latest(VALUE));
    }

    @Provide
    Arbitrary<List<List<Given>>> batches() {
        Arbitrary<Contribution.Value> value = Arbitraries.oneOf(
                Arbitraries.just(new Contribution.Value.None()),
                Arbitraries.integers()
                        .between(-3, 3)
                        .map(number -> number(BigDecimal.valueOf(number))),
                Arbitraries.bigIntegers()
                        .between(BigInteger.TEN.pow(58).negate(), BigInteger.TEN.pow(58))
                        .map(digits -> number(new BigDecimal(digits, 30))));
        Arbitrary<Given> event = Combinators.combine(
                        Arbitraries.integers().between(0, Level.BLOCK - 1),
                        Arbitraries.longs().between(0, 5_000_000_000L),
                        value)
                .as(Given::new);
        return event.list().ofMaxSize(20).list().ofMaxSize(5);
    }

    private static Contribution.Value number(BigDecimal number) {
        return new Contribution.Value.Number(number);
    }

    private static Cell cell(int minute) {
        return Cell.of(Merge.COUNT, minute * 60_000_000L, new Contribution.Value.None());
    }

    private static Map<String, String> read(Page page, byte[] bytes, long number, Level level)
            throws SQLException {
        Map<String, String> found = new TreeMap<>();
        page.read(
                bytes,
                number,
                level.ofPage(number),
                (combination, bucket, cell) -> found.put(
                        List.of((long) combination, bucket).toString(), text(cell.tally())));
        return found;
    }

    private static Map<String, String> plain(Map<List<Long>, Tally> tallies) {
        Map<String, String> plain = new TreeMap<>();
        tallies.forEach((key, tally) -> plain.put(key.toString(), text(tally)));
        return plain;
    }

    /** Numbers are compared by value; where there are none, what stands for one means nothing. */
    private static String text(Tally tally) {
        String number = tally.values() == 0
                ? "none"
                : tally.number().stripTrailingZeros().toPlainString() + " at " + tally.at();
        return tally.events() + " " + tally.values() + " " + number + " " + tally.firstMinute()
                + " " + tally.lastMinute();
    }

    private static Instant instant(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    }
}
