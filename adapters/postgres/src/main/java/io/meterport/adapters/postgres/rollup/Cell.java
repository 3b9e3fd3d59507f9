package io.meterport.adapters.postgres.rollup;

import io.meterport.domain.meter.Contribution;
import io.meterport.domain.usage.Tally;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * A tally that can be added to, as the writer and the readers need it by the thousand. Times are
 * microseconds and minutes since 1970. Not thread-safe.
 */
public final class Cell {
    private static final long MICROS_PER_MINUTE = 60_000_000;

    long events;
    long values;
    long at;
    long firstMinute = Long.MAX_VALUE;
    long lastMinute = Long.MIN_VALUE;
    BigDecimal number = BigDecimal.ZERO;

    /** What one event comes to. */
    public static Cell of(Merge merge, long micros, Contribution.Value value) {
        Cell cell = new Cell();
        cell.events = 1;
        cell.firstMinute = micros / MICROS_PER_MINUTE;
        cell.lastMinute = cell.firstMinute;
        switch (value) {
            case Contribution.Value.None _ -> cell.values = 0;
            case Contribution.Value.Text _ -> cell.values = 1;
            case Contribution.Value.Number(BigDecimal number) -> {
                cell.values = 1;
                cell.number = number;
                cell.at = merge == Merge.LATEST ? micros : 0;
            }
        }
        return cell;
    }

    /** What the columns events, vals, at, number, first and last minute say, from that place on. */
    public static Cell read(ResultSet row, int place) throws SQLException {
        Cell cell = new Cell();
        cell.events = row.getLong(place);
        cell.values = row.getLong(place + 1);
        cell.at = row.getLong(place + 2);
        cell.number = row.getBigDecimal(place + 3);
        cell.firstMinute = row.getLong(place + 4);
        cell.lastMinute = row.getLong(place + 5);
        return cell;
    }

    /** Takes the other's events in as well. */
    public void add(Merge merge, Cell other) {
        if (other.values > 0) {
            addNumber(merge, other);
        }
        events += other.events;
        values += other.values;
        firstMinute = Math.min(firstMinute, other.firstMinute);
        lastMinute = Math.max(lastMinute, other.lastMinute);
    }

    /** Whether both say the same; how a number is written does not matter. */
    public boolean isSameAs(Cell other) {
        return events == other.events
                && values == other.values
                && at == other.at
                && firstMinute == other.firstMinute
                && lastMinute == other.lastMinute
                && number.compareTo(other.number) == 0;
    }

    /** The minute of its earliest event. */
    public Instant firstMinute() {
        return Instant.EPOCH.plus(firstMinute, ChronoUnit.MINUTES);
    }

    /** The minute of its latest event. */
    public Instant lastMinute() {
        return Instant.EPOCH.plus(lastMinute, ChronoUnit.MINUTES);
    }

    /** The same as the domain knows it. */
    public Tally tally() {
        return tally(values);
    }

    /** The same with another number of values, those that are distinct. */
    public Tally tally(long distinct) {
        return new Tally(
                events,
                distinct,
                number,
                Instant.EPOCH.plus(at, ChronoUnit.MICROS),
                firstMinute(),
                lastMinute());
    }

    @Override
    public String toString() {
        return events == 0
                ? "nothing"
                : values + " values of " + events + " events, " + number.toPlainString();
    }

    private void addNumber(Merge merge, Cell other) {
        boolean replace = switch (merge) {
            case SUM -> false;
            case MIN -> values == 0 || other.number.compareTo(number) < 0;
            case MAX -> values == 0 || other.number.compareTo(number) > 0;
            case LATEST ->
                values == 0
                        || other.at > at
                        || (other.at == at && other.number.compareTo(number) > 0);
        };
        if (merge == Merge.SUM) {
            number = number.add(other.number);
        } else if (replace) {
            number = other.number;
            at = other.at;
        }
    }
}
