package io.meterport.bootstrap.client;

import java.io.Console;
import java.io.InputStream;
import java.io.PrintStream;
import java.util.Map;
import java.util.Optional;

/**
 * What a command finds around it.
 *
 * @param environment the variables of the process
 * @param terminal whether a person looks at the output
 */
public record Surroundings(
        Map<String, String> environment,
        InputStream in,
        PrintStream out,
        PrintStream err,
        boolean terminal) {
    /** Those of this process. */
    public static Surroundings ofProcess() {
        return new Surroundings(
                System.getenv(),
                System.in,
                System.out,
                System.err,
                Optional.ofNullable(System.console()).map(Console::isTerminal).orElse(false));
    }
}
