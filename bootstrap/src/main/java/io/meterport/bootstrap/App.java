package io.meterport.bootstrap;

import io.meterport.adapters.http.HttpServer;
import io.meterport.adapters.http.OperatorPage;
import io.meterport.adapters.http.Surroundings;
import io.meterport.adapters.http.UseCases;
import io.meterport.adapters.http.wire.RequestLog;
import io.meterport.application.access.AuthorizeKey;
import io.meterport.application.access.LastUse;
import io.meterport.application.access.ManageKeys;
import io.meterport.application.access.NewSecrets;
import io.meterport.application.access.ReadAudit;
import io.meterport.application.dashboard.QueryDashboard;
import io.meterport.application.ingest.IngestEvents;
import io.meterport.application.ingest.ListEvents;
import io.meterport.application.meter.BuildMeters;
import io.meterport.application.meter.DeclareMeters;
import io.meterport.application.meter.DefineMeter;
import io.meterport.application.meter.FindMeters;
import io.meterport.application.meter.MeterDraft;
import io.meterport.application.meter.QueryUsage;
import io.meterport.application.portal.AuthenticateBearer;
import io.meterport.application.portal.FindPortalValues;
import io.meterport.application.portal.FollowUsage;
import io.meterport.application.portal.IssuePortalToken;
import io.meterport.application.portal.ListPortalEvents;
import io.meterport.application.portal.ListPortalTokens;
import io.meterport.application.portal.PortalClock;
import io.meterport.application.portal.PortalLimits;
import io.meterport.application.portal.QueryPortalDashboard;
import io.meterport.application.portal.QueryPortalUsage;
import io.meterport.application.portal.RevokePortalTokens;
import io.meterport.application.portal.ShowPortalSession;
import io.meterport.application.spi.CatalogStorage;
import io.meterport.application.spi.EventStorage;
import io.meterport.application.spi.MeterStore;
import io.meterport.application.subject.EraseSubject;
import io.meterport.application.subject.FindSubjects;
import io.meterport.application.subject.RegisterSubjects;
import io.meterport.application.upkeep.MakeBackup;
import io.meterport.bootstrap.AdminKeyFile.FirstKey;
import io.meterport.bootstrap.metrics.MeasuredEvents;
import io.meterport.bootstrap.metrics.MeasuredRequests;
import io.meterport.bootstrap.metrics.MeasuredRevocations;
import io.meterport.bootstrap.metrics.MeasuredTokens;
import io.meterport.bootstrap.metrics.MeasuredUsage;
import io.meterport.bootstrap.metrics.Metrics;
import io.meterport.bootstrap.settings.Settings;
import io.meterport.domain.usage.Horizon;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A running Meterport: settings in, server out. Read the constructor from top to bottom, and you know
 * who talks to whom. Thread-safe.
 */
public final class App implements AutoCloseable {
    private static final Duration BUILD_PAUSE = Duration.ofMillis(200);
    private static final Duration CLOCK_PAUSE = Duration.ofMinutes(1);
    private static final Duration FORGET_PAUSE = Duration.ofSeconds(10);

    private final Settings settings;
    private final Opened opened = new Opened();
    private final HttpServer server;
    private final Optional<FirstKey> firstKey;

    /**
     * Starts the server; when it returns, requests are answered.
     *
     * @throws io.meterport.bootstrap.settings.SettingsProblem if the settings cannot be followed
     * @throws StartFailure if something outside does not allow it; nothing is left open
     */
    public App(Settings settings, Outside outside) {
        this.settings = settings;
        try {
            Path folder = DataFolder.make(settings.data().folder());
            Metrics metrics = opened.add(new Metrics());
            Storages storages =
                    opened.add(new Storages(settings.storage(), folder, outside.time()));
            EventStorage events = storages.events();
            CatalogStorage catalog = storages.catalog();
            var tokens = new MeasuredTokens(catalog.tokens(), metrics);
            var revocations = new MeasuredRevocations(catalog.revocations(), metrics);
            var usage = new MeasuredUsage(events.usage(), metrics);
            Nodes nodes = Nodes.of(
                    settings.portal().revocations(),
                    outside,
                    catalog,
                    revocations,
                    events,
                    metrics,
                    opened);
            MeterStore meters = nodes.meters();

            var time = outside.time();
            var portalTime = new PortalClock(time, outside.nanoTime(), catalog.clock());
            portalTime.keep();
            opened.add(portalTime::keep);
            var secrets = new NewSecrets(outside.ids(), outside.randomness());
            var limits = new PortalLimits(
                    settings.portal().tokenLife(), settings.portal().longestTokenLife());
            var rates = settings.portal().rates();

            var declared =
                    settings.meters().stream().map(MeterDraft::slug).collect(Collectors.toSet());
            var define = new DefineMeter(meters, time, outside.ids(), declared);
            Start.declare(settings.meters(), new DeclareMeters(meters, define));
            this.firstKey = new AdminKeyFile(folder).makeFirst(catalog.keys(), secrets, time);

            var revoke = new RevokePortalTokens(
                    revocations, nodes.head(), nodes.feeds().revocations(), portalTime, limits);
            var findSubjects = new FindSubjects(catalog.subjects());
            var uses = new LastUse(catalog.keys(), tokens);
            var bearers = new AuthenticateBearer(
                    tokens,
                    nodes.head(),
                    portalTime,
                    uses,
                    Start.limitPerMinute(rates.badTokensPerMinute(), outside.nanoTime()));
            var changes = nodes.changes();
            var follow = new FollowUsage(bearers, meters, changes, portalTime);
            var useCases = new UseCases(
                    new UseCases.Events(
                            new IngestEvents(meters, new MeasuredEvents(nodes.events(), metrics)),
                            new ListEvents(events.history(), meters, events.retention())),
                    new UseCases.Meters(
                            define,
                            new FindMeters(
                                    meters,
                                    events.builds(),
                                    events.history(),
                                    usage,
                                    events.retention(),
                                    time),
                            new QueryUsage(meters, usage),
                            new QueryDashboard(meters, usage, time)),
                    new UseCases.Subjects(
                            new RegisterSubjects(
                                    catalog.subjects(), findSubjects, time, outside.ids()),
                            findSubjects),
                    new UseCases.Tokens(
                            new IssuePortalToken(
                                    meters,
                                    tokens,
                                    secrets,
                                    portalTime,
                                    limits,
                                    Start.limit(rates.tokens(), outside.nanoTime())),
                            new ListPortalTokens(tokens, meters, portalTime),
                            revoke),
                    new UseCases.Portal(
                            bearers,
                            new QueryPortalUsage(meters, usage, changes, time),
                            new QueryPortalDashboard(meters, usage, changes, time),
                            new ShowPortalSession(
                                    meters, catalog.subjects(), events.retention(), portalTime),
                            new FindPortalValues(meters, usage, time),
                            new ListPortalEvents(meters, events.history(), time),
                            follow,
                            Start.limit(rates.queries(), outside.nanoTime()),
                            Start.limit(rates.queries(), outside.nanoTime())),
                    new UseCases.Access(
                            new AuthorizeKey(
                                    catalog.keys(), time, Start.environmentKey(outside), uses),
                            new ManageKeys(catalog.keys(), secrets, time, revoke),
                            new ReadAudit(catalog.audit())),
                    new UseCases.Upkeep(
                            new EraseSubject(
                                    revoke, tokens, catalog.subjects(), events.erasure(), time),
                            events.verification(),
                            new MakeBackup(storages.backups(), settings.data().backups(), time)));

            var builds = new BuildMeters(events.builds());
            opened.add(new Background()
                    .drain("counting old events for a meter", BUILD_PAUSE, builds::step)
                    .every("keeping the highest time seen", CLOCK_PAUSE, portalTime::keep)
                    .every("keeping when keys and tokens were used", CLOCK_PAUSE, uses::keep));

            settings.data()
                    .eventsKept()
                    .ifPresent(kept -> opened.add(new Background()
                            .every(
                                    "forgetting old events",
                                    FORGET_PAUSE,
                                    () -> events.retention()
                                            .raise(Horizon.keeping(kept, portalTime.cautious())))));

            opened.add(uses::keep);
            var watchdog = opened.add(new Watchdog(
                    events.events()::pulse,
                    settings.server().deadlines().stuck(),
                    outside.stuck()));
            var ready = new Readiness(catalog, watchdog);
            var around = new Surroundings(
                    time,
                    outside.ids(),
                    ready,
                    new RequestLog().and(new MeasuredRequests(metrics)),
                    List.of(new OperatorPage(
                            "/metrics",
                            Metrics.CONTENT_TYPE,
                            () -> metrics.text().getBytes(StandardCharsets.UTF_8))));
            this.server =
                    opened.add(Start.listen(HttpMapping.of(settings), settings, useCases, around));
            opened.add(follow::stop);
            opened.add(ready);
            ServerGauges.add(metrics, server, events);
        } catch (RuntimeException e) {
            opened.close();
            throw e;
        }
    }

    /** Where it is served, with the port that was picked. */
    public URI url() {
        return url(settings.server().listener(), server.port());
    }

    /** Where operators are served; the same unless they have a listener of their own. */
    public URI operatorsUrl() {
        return url(
                settings.server().operators().orElse(settings.server().listener()),
                server.operatorsPort());
    }

    /** The key that this start made, if it was the first. */
    Optional<FirstKey> firstKey() {
        return firstKey;
    }

    /**
     * Stops: answers that it is not ready, takes no more requests, lets those under way finish, and
     * leaves everything acknowledged on the disk. Idempotent.
     */
    @Override
    public void close() {
        opened.close();
    }

    private static URI url(Settings.Listener listener, int port) {
        String host = listener.host().contains(":") ? "[" + listener.host() + "]" : listener.host();
        return URI.create("http://" + host + ":" + port);
    }
}
