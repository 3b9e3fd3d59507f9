package io.meterport.bootstrap;

import io.meterport.application.Threat;
import io.meterport.bootstrap.bench.ServerProcess;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Thousands of right and wrong requests for every operation, each answer held against the document. */
@Tag("node")
class ContractFuzzTest {
    private static final Duration BOUND = Duration.ofHours(1);

    @Threat({"A24", "A25", "C9", "E10", "F14"})
    @Test
    void everyAnswerIsOneThatTheDocumentKnows(@TempDir Path data) throws Exception {
        try (ServerProcess server = ServerProcess.start(data)) {
            NodeProject.against("http://127.0.0.1:" + server.port(), server.key())
                    .node(
                            BOUND,
                            System.out::println,
                            "fuzz/run.mjs",
                            "--requests",
                            System.getProperty("fuzz.requests", "3000"),
                            "--seed",
                            System.getProperty("fuzz.seed", "1"));
        }
    }
}
