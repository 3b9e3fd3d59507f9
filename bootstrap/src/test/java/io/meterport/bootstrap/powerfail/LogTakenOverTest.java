package io.meterport.bootstrap.powerfail;

import static org.assertj.core.api.Assertions.assertThat;

import io.meterport.bootstrap.bench.ServerProcess;
import io.meterport.bootstrap.ledger.Meters;
import io.meterport.bootstrap.proof.Size;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A kill between writing and flushing leaves what counts from the next start on; that one has to
 * flush it, since a power cut would take away what somebody is told is known already.
 */
class LogTakenOverTest {
    private static final String LOG = "meterport.db-wal";

    @TempDir
    private Path folder;

    @Test
    void aStartFlushesTheLogThatItFindsBeforeItWritesBehindIt() throws Exception {
        List<String> slugs = List.copyOf(Meters.definitions().keySet());
        Recording recording = Recording.of(folder.resolve("data"), folder);
        final long killedAt;
        try (Life life = new Life(folder, recording.environment(), Optional.empty(), Size.seed())) {
            try (ServerProcess first = life.start(Map.of())) {
                life.define(first, slugs.subList(0, 1));
                first.kill();
            }
            killedAt = System.nanoTime();
            try (ServerProcess second = life.start(Map.of())) {
                life.define(second, slugs.subList(1, 2));
            }
        }

        List<Operation> operations = recording.operations();
        long log = operations.stream()
                .filter(each -> each.began() < killedAt)
                .filter(each ->
                        each instanceof Operation.Create made && made.name().equals(LOG))
                .map(each -> ((Operation.Create) each).file())
                .toList()
                .getLast();
        assertThat(operations.stream()
                        .filter(each -> each.began() > killedAt)
                        .filter(each -> isOn(log, each))
                        .findFirst())
                .hasValueSatisfying(each -> assertThat(each).isInstanceOf(Operation.Sync.class));
    }

    private static boolean isOn(long log, Operation operation) {
        return switch (operation) {
            case Operation.Write write -> write.file() == log;
            case Operation.Truncate truncate -> truncate.file() == log;
            case Operation.Sync sync -> sync.file() == log;
            case Operation.Create _, Operation.Unlink _, Operation.Rename _ -> false;
        };
    }
}
