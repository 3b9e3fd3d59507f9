package io.meterport.bootstrap;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Optional;

/** Finds a port of this machine's loopback where nobody listens. */
final class FreePort {
    private static final int MOST = 65_535;

    private FreePort() {}

    /** The one after that port if it can be had, else any. */
    static int after(String port) {
        return next(port)
                .flatMap(FreePort::tried)
                .or(() -> tried(0))
                .orElseThrow(() -> new StartFailure("There is no free port on 127.0.0.1."));
    }

    private static Optional<Integer> next(String port) {
        return Optional.of(port)
                .filter(text -> text.matches("[1-9]\\d{0,4}"))
                .map(text -> Integer.parseInt(text) + 1)
                .filter(next -> next <= MOST);
    }

    private static Optional<Integer> tried(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return Optional.of(socket.getLocalPort());
        } catch (IOException taken) {
            return Optional.empty();
        }
    }
}
