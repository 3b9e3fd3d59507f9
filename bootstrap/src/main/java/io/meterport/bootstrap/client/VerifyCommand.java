package io.meterport.bootstrap.client;

import io.meterport.domain.json.Json;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Counts everything anew and compares. */
@Command(
        name = "verify",
        mixinStandardHelpOptions = true,
        description = "Counts all events anew, compares with what queries are answered from, and"
                + " prints every difference. Exit code 1 if there is one.")
public final class VerifyCommand implements Callable<Integer> {
    private final Surroundings around;
    private final Offline offline;

    @Mixin
    private final ServerOptions server = new ServerOptions();

    @Option(
            names = "--offline",
            description = "Opens the data folder itself; no server may be running there.")
    private boolean withoutServer;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "With --offline: the server's configuration file.")
    private Optional<Path> config = Optional.empty();

    public VerifyCommand(Surroundings around, Offline offline) {
        this.around = around;
        this.offline = offline;
    }

    /** Verifies where no server runs. */
    @FunctionalInterface
    public interface Offline {
        /**
         * Verifies the store itself, whose lock it takes.
         *
         * @param config the configuration file, which says what store that is
         * @param data the data folder, if not that of the configuration
         */
        Found verify(Optional<Path> config, Optional<Path> data);
    }

    /** What was found. */
    public record Found(
            long events,
            long meters,
            long numbers,
            long left,
            long found,
            List<String> differences) {}

    @Override
    public Integer call() {
        Found found = withoutServer ? offline.verify(config, server.data()) : online();
        found.differences().forEach(around.out()::println);
        if (found.found() > found.differences().size()) {
            around.out()
                    .println("... and " + (found.found() - found.differences().size()) + " more");
        }
        around.out()
                .println("%d differences; %d events, %d meters, %d numbers compared"
                        .formatted(found.found(), found.events(), found.meters(), found.numbers()));
        if (found.left() > 0) {
            around.out().println(found.left() + " meters left out: they are being rebuilt");
        }
        return found.found() == 0 ? 0 : 1;
    }

    private Found online() {
        try (Server open = server.open(around)) {
            Map<String, Json> answer = Fields.members(
                    open.postAtLength("/api/v1/verify", new Members().json()).json());
            return new Found(
                    number(answer, "events"),
                    number(answer, "meters"),
                    number(answer, "numbers"),
                    number(answer, "left"),
                    number(answer, "found"),
                    Fields.items(answer, "differences").stream()
                            .map(Fields::text)
                            .flatMap(Optional::stream)
                            .toList());
        }
    }

    private static long number(Map<String, Json> answer, String name) {
        return Fields.text(answer, name)
                .filter(text -> text.matches("\\d{1,18}"))
                .map(Long::valueOf)
                .orElseThrow(() ->
                        new CommandFailure("What answers there does not speak like Meterport."));
    }
}
