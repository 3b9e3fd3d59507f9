package io.meterport.bootstrap.bench;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/**
 * One keep-alive HTTP/1.1 connection that costs as little as can be, so that a load driver on the
 * same machine takes little from the server it measures. Not thread-safe.
 */
public final class RawConnection implements AutoCloseable {
    private static final int TIMEOUT_MILLIS = 60_000;

    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;
    private final byte[] line = new byte[8_192];
    private byte[] body = new byte[0];
    private String tag = "";
    private boolean isAnswered;

    /** Connects to that port of the loopback. */
    public RawConnection(int port) throws IOException {
        socket = new Socket();
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(TIMEOUT_MILLIS);
        socket.connect(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), port), TIMEOUT_MILLIS);
        in = new BufferedInputStream(socket.getInputStream(), 65_536);
        out = socket.getOutputStream();
    }

    /** A request with a body, ready to be sent any number of times. */
    public static byte[] post(String path, String bearer, String contentType, byte[] body) {
        byte[] head = head(
                "POST",
                path,
                bearer,
                "Content-Type: " + contentType + "\r\nContent-Length: " + body.length + "\r\n");
        byte[] request = new byte[head.length + body.length];
        System.arraycopy(head, 0, request, 0, head.length);
        System.arraycopy(body, 0, request, head.length, body.length);
        return request;
    }

    /** A request without one. */
    public static byte[] get(String path, String bearer) {
        return head("GET", path, bearer, "Accept: application/json\r\n");
    }

    /** Sends a request and returns the status of its answer, whose body is read to the end. */
    public int exchange(byte[] request) throws IOException {
        isAnswered = false;
        out.write(request);
        out.flush();
        int length = readLine();
        int status = Integer.parseInt(new String(line, 9, 3, StandardCharsets.US_ASCII));
        int expected = 0;
        tag = "";
        while ((length = readLine()) > 0) {
            if (length > 5 && (line[0] | 32) == 'e' && (line[1] | 32) == 't' && line[4] == ':') {
                tag = new String(line, 5, length - 5, StandardCharsets.US_ASCII).trim();
            }
            if (length > 16 && (line[0] | 32) == 'c' && (line[8] | 32) == 'l') {
                String value = new String(line, 15, length - 15, StandardCharsets.US_ASCII);
                expected = Integer.parseInt(value.trim());
            }
        }
        body = in.readNBytes(expected);
        return status;
    }

    /** Whether at least the first byte of an answer to the last request has come. */
    public boolean isAnswered() {
        return isAnswered;
    }

    /** The tag of the last answer; empty if it had none. */
    String tag() {
        return tag;
    }

    /** The body of the last answer. */
    public String body() {
        return new String(body, StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    private static byte[] head(String method, String path, String bearer, String more) {
        return (method + " " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer "
                        + bearer + "\r\n" + more + "\r\n")
                .getBytes(StandardCharsets.US_ASCII);
    }

    private int readLine() throws IOException {
        int at = 0;
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new EOFException("the server closed the connection");
            }
            isAnswered = true;
            line[at++] = (byte) c;
        }
        return at > 0 && line[at - 1] == '\r' ? at - 1 : at;
    }
}
