package io.meterport.adapters.http.wire;

import io.helidon.common.socket.SocketOptions;
import io.helidon.http.DirectHandler;
import io.helidon.webserver.ListenerConfig;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.DirectHandlers;
import io.helidon.webserver.http.HttpRouting;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** One or two sockets that are listened to, each with paths of its own. */
public final class Listeners implements AutoCloseable {
    private static final String SECOND = "operators";
    private static final int ANSWERS_TO_BODIES = 2;
    /** The kernel would let it grow to megabytes for each of those who do not read. */
    private static final int SEND_BUFFER_BYTES = 128 << 10;

    /**
     * Where to listen, and what is there.
     *
     * @param port zero for any that is free
     */
    public record Listener(String host, int port, List<Path> paths) {
        public Listener {
            paths = List.copyOf(paths);
        }
    }

    private final ListenerSettings settings;
    private final RequestIds ids;
    private final RequestObserver observer;
    private final Cors cors;
    private final Deadlines deadlines;
    private final BodyBudget budget;
    private final BodyBudget answers;
    private final List<Edge> edges = new ArrayList<>();
    private final WebServer server;

    /**
     * Prepares them; nobody listens before {@link #start}.
     *
     * @param listeners the first one, and perhaps a second
     * @param requestIds makes the name of a request that its caller has not named
     */
    public Listeners(
            List<Listener> listeners,
            ListenerSettings settings,
            Cors cors,
            Supplier<String> requestIds,
            RequestObserver observer) {
        this.settings = settings;
        this.cors = cors;
        this.ids = new RequestIds(requestIds);
        this.observer = observer;
        this.deadlines = new Deadlines(settings.times().shortest());
        this.budget = new BodyBudget(settings.mostBodyBytes());
        this.answers = new BodyBudget(ANSWERS_TO_BODIES * settings.mostBodyBytes());
        var builder = WebServer.builder()
                .shutdownHook(false)
                .featuresDiscoverServices(false)
                .update(first -> configure(first, listeners.getFirst()));
        listeners.stream()
                .skip(1)
                .forEach(other -> builder.putSocket(
                        SECOND,
                        ListenerConfig.builder()
                                .update(second -> configure(second, other))
                                .name(SECOND)
                                .build()));
        this.server = builder.build();
    }

    /**
     * Begins to listen.
     *
     * @throws IllegalStateException if an address cannot be had
     */
    public void start() {
        server.start();
        // Helidon logs why it could not listen, stops, and returns as if all were well.
        if (!server.isRunning()) {
            throw new IllegalStateException("the server cannot listen where it should");
        }
    }

    /** The port of the first listener. */
    public int port() {
        return server.port();
    }

    /** The port of the second listener, or of the only one. */
    public int lastPort() {
        return edges.size() > 1 ? server.port(SECOND) : server.port();
    }

    /** How many connections are open. */
    public int connections() {
        return deadlines.connections();
    }

    /** Takes no more connections, lets requests finish for as long as the grace is, and ends. */
    @Override
    public void close() {
        edges.forEach(Edge::stopping);
        server.stop();
        deadlines.close();
    }

    private void configure(ListenerConfig.BuilderBase<?, ?> socket, Listener listener) {
        Edge edge = new Edge(new PathTable(listener.paths()), cors, ids, budget, answers, observer);
        edges.add(edge);
        socket.host(listener.host())
                .port(listener.port())
                .protocolsDiscoverServices(false)
                .addConnectionSelector(new WireConnections(deadlines, settings.times()))
                .connectionOptions(SocketOptions.builder()
                        .tcpNoDelay(true)
                        .socketSendBufferSize(SEND_BUFFER_BYTES)
                        .build())
                .maxTcpConnections(settings.mostConnections())
                .shutdownGracePeriod(settings.grace())
                .contentEncoding(new Undecoded())
                .directHandlers(directHandlers())
                .routing(HttpRouting.builder().addFilter(edge));
    }

    private DirectHandlers directHandlers() {
        DirectHandlers.Builder handlers = DirectHandlers.builder();
        for (DirectHandler.EventType type : DirectHandler.EventType.values()) {
            handlers.addHandler(type, new DirectProblems(ids, observer));
        }
        return handlers.build();
    }
}
