package io.meterport.bootstrap;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Sends bytes to a port of this machine, however wrong they are, and reads until the end. */
final class RawHttp {
    private static final Pattern STATUS_LINE = Pattern.compile("HTTP/1\\.1 [0-9]{3} [^\r]*\r\n");
    private static final int PATIENCE_MILLIS = 30_000;

    private RawHttp() {}

    /** All that comes back until the other end closes the connection; each char is a byte. */
    static String send(int port, String request) {
        return send(port, request, false);
    }

    /**
     * The same.
     *
     * @param finish whether to say that nothing more will be sent
     */
    static String send(int port, String request, boolean finish) {
        try (Socket socket = new Socket()) {
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            send(socket, request);
            if (finish) {
                socket.shutdownOutput();
            }
            return everything(socket.getInputStream());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The other end may have heard enough before it has heard all. */
    private static void send(Socket socket, String request) {
        try {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().flush();
        } catch (IOException e) {
            // What it has answered can still be read.
        }
    }

    /** A request without a body, after whose answer the connection ends. */
    static String request(String method, String target, String... headers) {
        StringBuilder lines = new StringBuilder();
        for (String header : headers) {
            lines.append(header).append("\r\n");
        }
        return method + " " + target + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                + lines + "\r\n";
    }

    /** The status lines, to count answers. */
    static List<String> statusLines(String received) {
        return STATUS_LINE.matcher(received).results().map(MatchResult::group).toList();
    }

    /** The status of the one answer. */
    static int status(String received) {
        if (statusLines(received).size() != 1) {
            throw new AssertionError("not one answer: " + received);
        }
        return Integer.parseInt(received.substring(9, 12));
    }

    /** What follows the head. */
    static String body(String received) {
        int end = received.indexOf("\r\n\r\n");
        return end < 0 ? "" : received.substring(end + 4);
    }

    /** The first value of that header. */
    static Optional<String> header(String received, String name) {
        String start = name.toLowerCase(Locale.ROOT) + ":";
        int end = received.indexOf("\r\n\r\n");
        return received.substring(0, Math.max(0, end))
                .lines()
                .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(start))
                .map(line -> line.substring(start.length()).strip())
                .findFirst();
    }

    /** A reset after some bytes is an end like any other. */
    private static String everything(InputStream in) throws IOException {
        ByteArrayOutputStream received = new ByteArrayOutputStream();
        byte[] buffer = new byte[8_192];
        try {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                received.write(buffer, 0, read);
            }
        } catch (SocketException e) {
            // The other end did not care for the rest of the request.
        }
        return received.toString(StandardCharsets.ISO_8859_1);
    }
}
