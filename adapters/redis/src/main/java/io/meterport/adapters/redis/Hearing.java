package io.meterport.adapters.redis;

import io.meterport.application.spi.UsageHint;
import io.meterport.domain.event.EventType;
import io.meterport.domain.problem.ProblemException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.LongConsumer;

/** Who wants to hear what, and how messages are read, of which each may be a forgery. Thread-safe. */
final class Hearing {
    private static final int PLACE = 22;

    private final List<LongConsumer> heads = new CopyOnWriteArrayList<>();
    private final List<Runnable> definitions = new CopyOnWriteArrayList<>();
    private final List<Consumer<UsageHint>> usage = new CopyOnWriteArrayList<>();

    void onHead(LongConsumer moved) {
        heads.add(moved);
    }

    void onDefinitions(Runnable changed) {
        definitions.add(changed);
    }

    void onUsage(Consumer<UsageHint> changed) {
        usage.add(changed);
    }

    void head(String text) {
        Access.head(text).ifPresent(head -> heads.forEach(moved -> moved.accept(head)));
    }

    void definitions() {
        definitions.forEach(Runnable::run);
    }

    void usage(String text) {
        text.lines()
                .limit(Telling.MOST_HINTS)
                .forEach(line -> hint(line)
                        .ifPresent(hint -> usage.forEach(changed -> changed.accept(hint))));
    }

    /** How hints are written, one a line. */
    static String written(List<UsageHint> hints) {
        StringBuilder text = new StringBuilder();
        for (UsageHint hint : hints) {
            text.append(hint.place()).append(' ').append(hint.type().value()).append('\n');
        }
        return text.toString();
    }

    private static Optional<UsageHint> hint(String line) {
        if (line.length() <= PLACE + 1 || line.charAt(PLACE) != ' ') {
            return Optional.empty();
        }
        try {
            return Optional.of(new UsageHint(
                    line.substring(0, PLACE), new EventType(line.substring(PLACE + 1))));
        } catch (ProblemException e) {
            return Optional.empty();
        }
    }
}
