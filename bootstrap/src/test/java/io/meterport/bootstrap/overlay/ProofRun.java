package io.meterport.bootstrap.overlay;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

/**
 * Runs one proof in a process of its own: exits with 0 if all its tests passed, with {@value #FAILED}
 * if one failed, and with {@value #NOTHING} if there were none.
 */
final class ProofRun {
    static final int FAILED = 10;
    static final int NOTHING = 11;

    private ProofRun() {}

    public static void main(String[] args) {
        String proof = args[0];
        DiscoverySelector selector = proof.contains("#")
                ? DiscoverySelectors.selectMethod(proof)
                : DiscoverySelectors.selectClass(proof);
        SummaryGeneratingListener listener = new SummaryGeneratingListener();
        LauncherFactory.create()
                .execute(
                        LauncherDiscoveryRequestBuilder.request()
                                .selectors(selector)
                                .build(),
                        listener);
        TestExecutionSummary summary = listener.getSummary();
        summary.getFailures()
                .forEach(failure -> System.out.println(
                        "FAILED " + failure.getTestIdentifier().getDisplayName() + ": "
                                + failure.getException()));
        summary.printTo(new PrintWriter(System.out, true, StandardCharsets.UTF_8));
        System.exit(exitCode(summary));
    }

    private static int exitCode(TestExecutionSummary summary) {
        if (summary.getTotalFailureCount() > 0) {
            return FAILED;
        }
        return summary.getTestsSucceededCount() > 0 ? 0 : NOTHING;
    }
}
