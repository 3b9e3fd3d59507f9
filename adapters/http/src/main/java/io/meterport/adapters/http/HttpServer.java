package io.meterport.adapters.http;

import io.meterport.adapters.http.hosted.HostedRoutes;
import io.meterport.adapters.http.wire.Cors;
import io.meterport.adapters.http.wire.Gate;
import io.meterport.adapters.http.wire.Listeners;
import io.meterport.adapters.http.wire.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The API over HTTP. Holders of portal tokens find what they need at the public address; operators
 * find the rest at their own, if they have one. Thread-safe.
 */
public final class HttpServer implements AutoCloseable {
    private final Listeners listeners;

    /** Prepares the server; nobody listens before {@link #start}. */
    public HttpServer(HttpSettings settings, UseCases useCases, Surroundings around) {
        Gate queries = new Gate(settings.queries());
        Keys keys = new Keys(useCases.access().authorize(), settings.authentication());
        UsageAnswers answers = new UsageAnswers(useCases.subjects().find());
        List<Path> portal = portal(settings, useCases.portal(), answers, queries);
        List<Path> health = OperationRoutes.health(around.ready());
        List<Path> operators = operators(settings, useCases, around, keys, answers, queries);
        HostedRoutes hosted = new HostedRoutes(settings.hosted());
        List<Path> open = hosted.paths();
        List<Path> all = settings.hosted().playground() ? hosted.pathsWithPlayground() : open;
        // The playground asks the API that makes tokens and then the portal, where it was found.
        List<Path> playground = settings.hosted().playground() ? together(portal, all) : List.of();
        this.listeners = new Listeners(
                settings.operators()
                        .map(own -> List.of(
                                at(settings.at(), together(portal, open, health)),
                                at(own, together(operators, playground, health))))
                        .orElseGet(() -> List.of(
                                at(settings.at(), together(portal, all, operators, health)))),
                settings.listener(),
                new Cors(settings.corsOrigins(), settings.corsHeaders()),
                around.requestIds(),
                around.observer());
    }

    /**
     * Begins to listen; when it returns, connections are taken.
     *
     * @throws RuntimeException if an address cannot be had
     */
    public void start() {
        listeners.start();
    }

    /** The port of the public address. */
    public int port() {
        return listeners.port();
    }

    /** The port of the operators' address, which may be the same. */
    public int operatorsPort() {
        return listeners.lastPort();
    }

    /** How many connections are open. */
    public int connections() {
        return listeners.connections();
    }

    /** Takes no more requests, lets those under way finish for a while, and stops; idempotent. */
    @Override
    public void close() {
        listeners.close();
    }

    private static List<Path> portal(
            HttpSettings settings, UseCases.Portal portal, UsageAnswers answers, Gate queries) {
        PortalDoor door = new PortalDoor(
                portal.bearers(),
                new ClientAddress(settings.trustedProxies()),
                portal.byToken(),
                portal.bySubject());
        return together(
                new PortalRoutes(
                                portal.usage(),
                                door,
                                answers,
                                queries,
                                new KeptAnswers(settings.keptBytes()))
                        .paths(),
                new PortalPageRoutes(portal, door, queries).paths(),
                new PortalEventRoutes(portal.events(), door, queries).paths(),
                new PortalStreamRoutes(portal.follow(), door).paths());
    }

    private static List<Path> operators(
            HttpSettings settings,
            UseCases useCases,
            Surroundings around,
            Keys keys,
            UsageAnswers answers,
            Gate queries) {
        Gate ingests = new Gate(settings.ingests());
        List<Path> paths = new ArrayList<>();
        paths.addAll(
                new EventRoutes(useCases.events(), around.time(), ingests, queries).paths(keys));
        paths.addAll(new MeterRoutes(useCases.meters()).paths(keys));
        paths.addAll(new UsageRoutes(useCases.meters(), answers, queries).paths(keys));
        paths.addAll(new DashboardRoutes(useCases.meters().dashboard(), queries).paths(keys));
        paths.addAll(new SubjectRoutes(useCases.subjects()).paths(keys));
        paths.addAll(new PortalTokenRoutes(useCases.tokens(), useCases.access().authorize())
                .paths(keys));
        paths.addAll(new KeyRoutes(useCases.access().manage()).paths(keys));
        paths.addAll(new AuditRoutes(useCases.access().audit()).paths(keys));
        paths.addAll(new UpkeepRoutes(useCases.upkeep()).paths(keys));
        paths.add(OperationRoutes.openApi());
        boolean open = settings.operators().isPresent();
        around.pages().forEach(page -> paths.add(OperationRoutes.page(page, keys, open)));
        return paths;
    }

    @SafeVarargs
    private static List<Path> together(List<Path>... parts) {
        List<Path> all = new ArrayList<>();
        for (List<Path> part : parts) {
            all.addAll(part);
        }
        return all;
    }

    private static Listeners.Listener at(HttpSettings.Address address, List<Path> paths) {
        return new Listeners.Listener(address.host(), address.port(), paths);
    }
}
