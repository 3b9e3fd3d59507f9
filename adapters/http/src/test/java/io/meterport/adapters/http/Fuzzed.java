package io.meterport.adapters.http;

/** What Jazzer calls; which target it is comes as an argument. */
public final class Fuzzed {
    private static FuzzTarget target = FuzzTarget.JSON;

    private Fuzzed() {}

    /** Called once, with the arguments of the command line. */
    public static void fuzzerInitialize(String[] arguments) {
        target = FuzzTarget.valueOf(arguments[0]);
    }

    /** Called for each input. */
    public static void fuzzerTestOneInput(byte[] input) {
        target.take(input);
    }
}
