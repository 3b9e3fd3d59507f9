package io.meterport.bootstrap;

import io.meterport.adapters.http.HttpServer;
import io.meterport.application.spi.BuildProgress;
import io.meterport.application.spi.EventStorage;
import io.meterport.application.spi.MeterBuild;
import io.meterport.application.spi.MeterBuilds;
import io.meterport.bootstrap.metrics.Metrics;
import io.meterport.domain.problem.ProblemException;
import java.util.Optional;
import java.util.function.LongSupplier;

/** What is looked at each time the metrics are read. */
final class ServerGauges {
    private ServerGauges() {}

    static void add(Metrics metrics, HttpServer server, EventStorage events) {
        metrics.gauge("meterport.http.connections", "Connections open now.", server::connections);
        metrics.gauge(
                "meterport.ingest.waiting",
                "Events in line to be stored.",
                events.events()::waiting);
        metrics.count(
                "meterport.events.conflict",
                "Events skipped because they were stored before, with other contents.",
                events.events()::conflicts);
        metrics.gauge(
                "meterport.subjects",
                "Subjects with events of the namespace that has the most of them.",
                () -> orZero(events.history()::mostSubjects));
        metrics.gauge(
                "meterport.meter.combinations",
                "Combinations of dimension values of the meter that has the most of them.",
                () -> orZero(events.builds()::mostCombinations));
        metrics.gauge(
                "meterport.meter.folding",
                "Meters that count further combinations of dimension values under one.",
                () -> orZero(events.builds()::folding));
        metrics.gauge(
                "meterport.meter.build.remaining",
                "Stored events that the meter being built has still to look at.",
                () -> remaining(events.builds()));
    }

    private static long orZero(LongSupplier number) {
        try {
            return number.getAsLong();
        } catch (ProblemException e) {
            return 0;
        }
    }

    private static long remaining(MeterBuilds builds) {
        try {
            Optional<BuildProgress> progress = builds.next()
                    .map(MeterBuild::meter)
                    .flatMap(meter -> builds.progress(meter.id()));
            return progress.map(at -> at.total() - at.done()).orElse(0L);
        } catch (ProblemException e) {
            return 0;
        }
    }
}
