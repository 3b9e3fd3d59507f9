package io.meterport.adapters.http.wire;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** A client that sends the bytes it is told to, however wrong they are. */
public final class RawClient implements AutoCloseable {
    private static final Pattern STATUS_LINE = Pattern.compile("HTTP/1\\.1 [0-9]{3} [^\r]*");
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Socket socket = new Socket();
    private final InputStream in;
    private int leftOfChunk;

    public RawClient(int port) throws IOException {
        this(port, Optional.empty());
    }

    /** One who has room for so many bytes and not more. */
    public RawClient(int port, int receiveBufferBytes) throws IOException {
        this(port, Optional.of(receiveBufferBytes));
    }

    private RawClient(int port, Optional<Integer> receiveBufferBytes) throws IOException {
        if (receiveBufferBytes.isPresent()) {
            socket.setReceiveBufferSize(receiveBufferBytes.get());
        }
        socket.setTcpNoDelay(true);
        socket.setSoTimeout((int) PATIENCE.toMillis());
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        in = new BufferedInputStream(socket.getInputStream());
    }

    /** Sends text as Latin-1, so that any byte can be written as a character. */
    public RawClient send(String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
        socket.getOutputStream().flush();
        return this;
    }

    /** Sends no more, and leaves the other direction open. */
    public RawClient finish() throws IOException {
        socket.shutdownOutput();
        return this;
    }

    /** All that comes until the server closes the connection. */
    public String everything() throws IOException {
        ByteArrayOutputStream received = new ByteArrayOutputStream();
        byte[] buffer = new byte[8_192];
        for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
            received.write(buffer, 0, read);
        }
        return received.toString(StandardCharsets.ISO_8859_1);
    }

    /** One answer with a content length, head and body; the connection may stay open. */
    public String answer() throws IOException {
        String head = head();
        byte[] body = in.readNBytes(contentLength(head));
        return head + new String(body, StandardCharsets.ISO_8859_1);
    }

    /** The head of an answer; its body stays unread. */
    public String head() throws IOException {
        StringBuilder head = new StringBuilder();
        int read = 0;
        while (read >= 0 && head.indexOf("\r\n\r\n") < 0) {
            read = in.read();
            head.append(read < 0 ? "" : String.valueOf((char) read));
        }
        return head.toString();
    }

    /** The next line of a chunked body, without its end; null after the last one. */
    public String chunkedLine() throws IOException {
        StringBuilder line = new StringBuilder();
        while (true) {
            while (leftOfChunk > 0) {
                int read = in.read();
                leftOfChunk--;
                if (read < 0) {
                    return null;
                }
                if (read == '\n') {
                    return line.toString();
                }
                line.append((char) read);
            }
            String size = lineOfFraming();
            size = size.isEmpty() ? lineOfFraming() : size;
            leftOfChunk = size.isEmpty() ? 0 : Integer.parseInt(size, 16);
            if (leftOfChunk == 0) {
                return null;
            }
        }
    }

    private String lineOfFraming() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int read = in.read(); read >= 0 && read != '\n'; read = in.read()) {
            line.append(read == '\r' ? "" : String.valueOf((char) read));
        }
        return line.toString();
    }

    /** The status lines in a text, to count answers. */
    public static List<String> statusLines(String received) {
        return STATUS_LINE.matcher(received).results().map(MatchResult::group).toList();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    private static int contentLength(String head) {
        return head.lines()
                .filter(line -> line.toLowerCase(Locale.ROOT).startsWith("content-length:"))
                .mapToInt(line -> Integer.parseInt(line.substring(15).strip()))
                .findFirst()
                .orElse(0);
    }
}
