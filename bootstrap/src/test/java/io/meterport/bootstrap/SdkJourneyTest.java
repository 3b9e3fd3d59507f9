package io.meterport.bootstrap;

import io.meterport.bootstrap.bench.ServerProcess;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The clients that OpenMeter publishes for Node, browsers and React, against the real server. */
@Tag("node")
class SdkJourneyTest {
    @Test
    void thePublishedClientsWorkAsTheyAre(@TempDir Path data) throws Exception {
        try (ServerProcess server = ServerProcess.start(data)) {
            NodeProject.against("http://127.0.0.1:" + server.port(), server.key())
                    .node(System.out::println, "--test", "--test-reporter=spec");
        }
    }
}
