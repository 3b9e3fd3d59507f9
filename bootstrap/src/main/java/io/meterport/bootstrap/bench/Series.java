package io.meterport.bootstrap.bench;

import io.meterport.bootstrap.bench.Measured.Latency;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;
import org.HdrHistogram.Histogram;

/** Measures the same thing some times over. */
final class Series {
    /** How many rounds are counted. */
    static final int ROUNDS = 3;

    private Series() {}

    /** Something that says how many a second it did. */
    static Measured plain(String name, String what, String unit, DoubleSupplier round) {
        List<Double> rates = new ArrayList<>();
        for (int i = 0; i < ROUNDS; i++) {
            rates.add(round.getAsDouble());
        }
        return new Measured(name, what, unit, rates, Optional.empty(), Optional.empty());
    }

    /**
     * As fast as it goes; the first round warms up and is not counted.
     *
     * @param each how many of what is counted lie in a request
     */
    static Measured fastest(
            String name, String what, String unit, int each, Supplier<Load.Result> round) {
        List<Double> rates = new ArrayList<>();
        List<Histogram> micros = new ArrayList<>();
        var _ = round.get();
        for (int i = 0; i < ROUNDS; i++) {
            Load.Result result = round.get();
            rates.add(result.perSecond() * each);
            micros.add(result.micros());
        }
        return new Measured(
                name, what, unit, rates, Optional.of(Latency.of(false, micros)), Optional.empty());
    }

    /** At a rate of requests, of which each holds so many of what is counted. */
    static Measured paced(
            String name, String what, String unit, int each, List<OpenLoad.Result> rounds) {
        return new Measured(
                name,
                what,
                unit,
                rounds.stream().map(result -> result.perSecond() * each).toList(),
                Optional.of(Latency.of(
                        true, rounds.stream().map(OpenLoad.Result::micros).toList())),
                Optional.empty());
    }
}
