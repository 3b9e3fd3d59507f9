package io.meterport.adapters.redis;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Stands between a client and a server, on a free port of 127.0.0.1, and does to their bytes what bad
 * networks do. What is set holds for connections there are and for new ones. Thread-safe.
 */
public final class FaultProxy implements AutoCloseable {
    private static final int PIECE = 8_192;

    private volatile InetSocketAddress server;
    private final ServerSocket door;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final AtomicLong connections = new AtomicLong();
    private final Object change = new Object();
    private volatile Duration latency = Duration.ZERO;
    private volatile long bytesPerSecond;
    private volatile long resetAfter = Long.MAX_VALUE;
    private volatile boolean isBlackHole;
    private volatile boolean isMute;
    private volatile boolean isRefusing;
    private volatile boolean isClosed;

    /** In front of that port of 127.0.0.1. */
    public FaultProxy(int port) {
        try {
            this.server = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
            this.door = new ServerSocket(0, 128, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        Thread.ofVirtual().start(this::accept);
    }

    /** The port that it listens on. */
    public int port() {
        return door.getLocalPort();
    }

    /** How many connections there were. */
    public long connections() {
        return connections.get();
    }

    /** Each piece, in each direction, arrives that much later. */
    public FaultProxy latency(Duration later) {
        latency = later;
        return this;
    }

    /** So many bytes a second pass in each direction; zero for as many as there are. */
    public FaultProxy rate(long most) {
        bytesPerSecond = most;
        return this;
    }

    /** Each connection is reset once so many bytes have passed to the client. */
    public FaultProxy resetAfter(long bytes) {
        resetAfter = bytes;
        return this;
    }

    /** Nothing passes any more, and nobody is told; connections stay open. */
    public FaultProxy blackHole() {
        isBlackHole = true;
        return this;
    }

    /** The server hears the client, but the client hears nothing: half of each connection is open. */
    public FaultProxy mute() {
        isMute = true;
        return this;
    }

    /** Resets every connection and lets no new one in. */
    public FaultProxy refuse() {
        isRefusing = true;
        cut();
        return this;
    }

    /** Resets every connection; new ones come through. */
    public FaultProxy cut() {
        open.forEach(FaultProxy::reset);
        return this;
    }

    /** From now on connections lead to another server; those that there are, are reset. */
    public FaultProxy leadTo(int port) {
        server = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        cut();
        return this;
    }

    /** All is well again. */
    public void heal() {
        latency = Duration.ZERO;
        bytesPerSecond = 0;
        resetAfter = Long.MAX_VALUE;
        isBlackHole = false;
        isMute = false;
        isRefusing = false;
        synchronized (change) {
            change.notifyAll();
        }
    }

    @Override
    public void close() {
        isClosed = true;
        heal();
        try {
            door.close();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        cut();
    }

    private void accept() {
        while (!isClosed) {
            try {
                Socket client = door.accept();
                connections.incrementAndGet();
                if (isRefusing) {
                    reset(client);
                } else {
                    Thread.ofVirtual().start(() -> join(client));
                }
            } catch (IOException e) {
                // It was closed.
                return;
            }
        }
    }

    private void join(Socket client) {
        Socket there = new Socket();
        open.add(client);
        open.add(there);
        try {
            there.connect(server);
            client.setOption(StandardSocketOptions.TCP_NODELAY, true);
            there.setOption(StandardSocketOptions.TCP_NODELAY, true);
            Thread back = Thread.ofVirtual().start(() -> pass(there, client, true));
            pass(client, there, false);
            back.join();
        } catch (IOException e) {
            reset(client);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            open.remove(client);
            open.remove(there);
            reset(client);
            reset(there);
        }
    }

    private void pass(Socket from, Socket to, boolean toClient) {
        byte[] piece = new byte[PIECE];
        long passed = 0;
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            int length = in.read(piece);
            while (length >= 0) {
                hold(toClient, length);
                passed += length;
                if (toClient && passed > resetAfter) {
                    reset(from);
                    reset(to);
                    return;
                }
                out.write(piece, 0, length);
                out.flush();
                length = in.read(piece);
            }
            to.shutdownOutput();
        } catch (IOException e) {
            reset(from);
            reset(to);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void hold(boolean toClient, int length) throws InterruptedException {
        synchronized (change) {
            while (isBlackHole || (isMute && toClient)) {
                change.wait();
            }
        }
        Duration pause = bytesPerSecond == 0
                ? latency
                : latency.plus(Duration.ofSeconds(length).dividedBy(bytesPerSecond));
        if (pause.isPositive()) {
            Thread.sleep(pause);
        }
    }

    /** Ends it as a machine does that has forgotten the connection. */
    private static void reset(Socket socket) {
        try {
            if (!socket.isClosed()) {
                socket.setOption(StandardSocketOptions.SO_LINGER, 0);
            }
            socket.close();
        } catch (IOException e) {
            // It is gone already.
        }
    }
}
