package io.meterport.bootstrap.bench;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.HdrHistogram.Histogram;

/**
 * One row of the table.
 *
 * @param name what programs call it
 * @param what what people call it
 * @param unit what is counted
 * @param rates how many of them a second, one number for each round, at least one
 * @param latency absent where nobody waited
 * @param ofLimit its median rate as a part of what the machine could do at most
 */
record Measured(
        String name,
        String what,
        String unit,
        List<Double> rates,
        Optional<Latency> latency,
        Optional<Double> ofLimit) {
    Measured {
        rates = List.copyOf(rates);
    }

    /**
     * How long it took in all rounds together, in milliseconds.
     *
     * @param fromDue whether since the moment a request was due, else since it was sent
     */
    record Latency(boolean fromDue, double p50, double p99, double p999, double most) {
        static Latency of(boolean fromDue, List<Histogram> micros) {
            Histogram all = new Histogram(3);
            micros.forEach(all::add);
            return new Latency(
                    fromDue,
                    all.getValueAtPercentile(50) / 1_000.0,
                    all.getValueAtPercentile(99) / 1_000.0,
                    all.getValueAtPercentile(99.9) / 1_000.0,
                    all.getMaxValue() / 1_000.0);
        }
    }

    /** The rate in the middle. */
    double median() {
        double[] sorted = sorted();
        return sorted[sorted.length / 2];
    }

    /** The smallest rate. */
    double least() {
        return sorted()[0];
    }

    /** The greatest rate. */
    double most() {
        double[] sorted = sorted();
        return sorted[sorted.length - 1];
    }

    /** The same, beside what the machine could do at most. */
    Measured of(Measured limit) {
        return new Measured(
                name, what, unit, rates, latency, Optional.of(median() / limit.median()));
    }

    private double[] sorted() {
        double[] sorted = rates.stream().mapToDouble(Double::doubleValue).toArray();
        Arrays.sort(sorted);
        return sorted;
    }
}
