package io.meterport.bootstrap;

import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Locale;

/** Shows a page in the browser of whoever started the process, as the system does it. */
final class Browser {
    private Browser() {}

    /** Opens it if there is a way to; the address was printed in any case. */
    static void open(URI page) {
        try {
            new ProcessBuilder(command(page.toString()))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException none) {
            // No desktop here: the person opens it by hand.
        }
    }

    private static List<String> command(String page) {
        String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        if (system.startsWith("windows")) {
            return List.of("rundll32", "url.dll,FileProtocolHandler", page);
        }
        return List.of(system.startsWith("mac") ? "open" : "xdg-open", page);
    }
}
