package io.meterport.adapters.http;

import io.meterport.adapters.http.wire.ListenerSettings;
import io.meterport.adapters.http.wire.RawClient;
import io.meterport.adapters.http.wire.RequestObserver;
import io.meterport.adapters.http.wire.TimeLimits;
import io.meterport.application.Secrets;
import io.meterport.application.TestTime;
import io.meterport.application.access.AuthorizeKey;
import io.meterport.application.access.LastUse;
import io.meterport.application.access.ManageKeys;
import io.meterport.application.access.RateLimit;
import io.meterport.application.access.ReadAudit;
import io.meterport.application.access.Scope;
import io.meterport.application.dashboard.QueryDashboard;
import io.meterport.application.ingest.IngestEvents;
import io.meterport.application.ingest.ListEvents;
import io.meterport.application.meter.DefineMeter;
import io.meterport.application.meter.FindMeters;
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
import io.meterport.application.portal.RevocationHead;
import io.meterport.application.portal.RevokePortalTokens;
import io.meterport.application.portal.ShowPortalSession;
import io.meterport.application.spi.Backups;
import io.meterport.application.spi.Feeds;
import io.meterport.application.spi.MemoryStorage;
import io.meterport.application.spi.UsageReader;
import io.meterport.application.subject.EraseSubject;
import io.meterport.application.subject.FindSubjects;
import io.meterport.application.subject.RegisterSubjects;
import io.meterport.application.upkeep.MakeBackup;
import io.meterport.domain.meter.MeterSlug;
import io.meterport.domain.subject.Namespace;
import io.meterport.domain.usage.Reading;
import io.meterport.domain.usage.UsageQuery;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** The real server on a free port, over a storage in memory, and a client that can say anything. */
@SuppressWarnings("StringConcatToTextBlock") // HTTP ends lines with CR LF, text blocks do not.
final class Api implements AutoCloseable {
    static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");

    final TestTime time = new TestTime(NOW);
    final MemoryStorage storage = new MemoryStorage(time);
    final ConcurrentLinkedQueue<RequestObserver.Answered> seen = new ConcurrentLinkedQueue<>();
    final AtomicBoolean ready = new AtomicBoolean(true);
    final String admin;
    final HttpServer server;

    private final Secrets secrets = new Secrets();
    private final RevocationHead head = RevocationHead.exact(storage.revocations());
    private final RevokePortalTokens revoke = new RevokePortalTokens(
            storage.revocations(), head, Feeds.none().revocations(), time, PortalLimits.DEFAULT);
    private final ManageKeys manage = new ManageKeys(storage.keys(), secrets.make(), time, revoke);

    Api() {
        this(settings -> settings);
    }

    Api(UnaryOperator<HttpSettings> change) {
        this(change, reader -> reader);
    }

    /**
     * @param between what happens to each query on its way to the storage
     */
    Api(
            UnaryOperator<HttpSettings> change,
            UnaryOperator<Function<UsageQuery, List<Reading>>> between) {
        this.admin = key(Scope.ADMIN);
        HttpSettings settings = change.apply(quick(HttpSettings.at("127.0.0.1", 0)));
        Surroundings around = new Surroundings(
                time,
                () -> "own-id",
                ready::get,
                seen::add,
                List.of(new OperatorPage(
                        "/metrics",
                        "text/plain",
                        () -> "metrics 1\n".getBytes(StandardCharsets.UTF_8))));
        this.server =
                new HttpServer(settings, useCases(new Between(storage.usage(), between)), around);
        server.start();
    }

    /** A new key of those scopes. */
    String key(Scope... scopes) {
        return keyOf(Namespace.DEFAULT, scopes);
    }

    String keyOf(Namespace namespace, Scope... scopes) {
        return manage.issue("test", namespace, "", Set.of(scopes), Optional.empty())
                .secret()
                .text();
    }

    /** A new portal token, for all meters unless some are named. */
    String token(String subject, String... slugs) {
        String meters = slugs.length == 0
                ? ""
                : ",\"allowedMeterSlugs\":[\"" + String.join("\",\"", slugs) + "\"]";
        return post("/api/v1/portal/tokens", "{\"subject\":\"" + subject + "\"" + meters + "}")
                .text("token");
    }

    Reply get(String target) {
        return call("GET", target, admin, "");
    }

    Reply get(String target, String bearer, String... headers) {
        return call("GET", target, bearer, "", headers);
    }

    Reply post(String target, String json) {
        return call("POST", target, admin, json, "Content-Type: application/json");
    }

    Reply put(String target, String json) {
        return call("PUT", target, admin, json, "Content-Type: application/json");
    }

    Reply delete(String target) {
        return call("DELETE", target, admin, "");
    }

    /** Sends events as the content type says. */
    Reply ingest(String contentType, String body) {
        return call("POST", "/api/v1/events", admin, body, "Content-Type: " + contentType);
    }

    /** Sends one event of the type {@code request}; its data is JSON. */
    void event(String id, String subject, String time, String data) {
        eventOf("request", id, subject, time, data);
    }

    void eventOf(String type, String id, String subject, String time, String data) {
        Reply reply = ingest(
                "application/json",
                "{\"specversion\":\"1.0\",\"id\":\"" + id + "\",\"source\":\"tests\",\"type\":\""
                        + type
                        + "\",\"subject\":\"" + subject + "\",\"time\":\"" + time + "\",\"data\":"
                        + data
                        + "}");
        if (reply.status() != 204) {
            throw new AssertionError("refused: " + reply);
        }
    }

    /** Defines a meter of events of the type {@code request}. */
    void meter(String slug, String aggregation, String valueProperty, String... dimensions) {
        StringBuilder groupBy = new StringBuilder();
        for (String key : dimensions) {
            groupBy.append(groupBy.isEmpty() ? "" : ",")
                    .append("\"" + key + "\":\"$." + key + "\"");
        }
        String value =
                valueProperty.isEmpty() ? "" : ",\"valueProperty\":\"$." + valueProperty + "\"";
        Reply reply = post(
                "/api/v1/meters",
                "{\"slug\":\"" + slug + "\",\"aggregation\":\"" + aggregation
                        + "\",\"eventType\":\"request\"" + value + ",\"groupBy\":{" + groupBy
                        + "}}");
        if (reply.status() != 200) {
            throw new AssertionError("refused: " + reply);
        }
    }

    /** A new portal token of that subject, with more members, which begin with a comma. */
    String tokenWith(String subject, String more) {
        return post("/api/v1/portal/tokens", "{\"subject\":\"" + subject + "\"" + more + "}")
                .text("token");
    }

    /** Asks for a usage page; the question is JSON. */
    Reply page(String token, String question, String... headers) {
        return get("/api/v1/portal/query?q=" + Encoded.of(question), token, headers);
    }

    /** Sends a request with a credential, if it is not empty, and with these header lines. */
    Reply call(String method, String target, String bearer, String body, String... headers) {
        StringBuilder head = new StringBuilder();
        if (!bearer.isEmpty()) {
            head.append("Authorization: Bearer ").append(bearer).append("\r\n");
        }
        for (String line : headers) {
            head.append(line).append("\r\n");
        }
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        if (bytes.length > 0) {
            head.append("Content-Length: ").append(bytes.length).append("\r\n");
        }
        return raw(
                server.port(),
                method + " " + target + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                        + head + "\r\n" + new String(bytes, StandardCharsets.ISO_8859_1));
    }

    /** Sends exactly this, and takes the one answer apart. */
    static Reply raw(int port, String request) {
        try (RawClient client = new RawClient(port)) {
            String received = client.send(request).everything();
            if (RawClient.statusLines(received).size() != 1) {
                throw new AssertionError("not one answer: " + received);
            }
            return Reply.of(received);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        server.close();
    }

    private UseCases useCases(UsageReader usage) {
        FindSubjects find = new FindSubjects(storage.subjects());
        LastUse uses = new LastUse(storage.keys(), storage.tokens());
        AuthenticateBearer bearers = new AuthenticateBearer(
                storage.tokens(),
                head,
                new PortalClock(time, time::nanoTime, storage.clock()),
                uses,
                RateLimit.perMinute(20, time::nanoTime));
        return new UseCases(
                new UseCases.Events(
                        new IngestEvents(storage.meters(), storage.events()::append),
                        new ListEvents(storage.history(), storage.meters(), storage.retention())),
                new UseCases.Meters(
                        new DefineMeter(
                                storage.meters(),
                                time,
                                secrets::id,
                                Set.of(new MeterSlug("declared"))),
                        new FindMeters(
                                storage.meters(),
                                storage.builds(),
                                storage.history(),
                                usage,
                                storage.retention(),
                                time),
                        new QueryUsage(storage.meters(), usage),
                        new QueryDashboard(storage.meters(), usage, time)),
                new UseCases.Subjects(
                        new RegisterSubjects(storage.subjects(), find, time, secrets::id), find),
                new UseCases.Tokens(
                        new IssuePortalToken(
                                storage.meters(),
                                storage.tokens(),
                                secrets.make(),
                                time,
                                PortalLimits.DEFAULT,
                                new RateLimit(1_000, 1_000, time::nanoTime)),
                        new ListPortalTokens(storage.tokens(), storage.meters(), time),
                        revoke),
                new UseCases.Portal(
                        bearers,
                        new QueryPortalUsage(storage.meters(), usage, storage.changes(), time),
                        new QueryPortalDashboard(storage.meters(), usage, storage.changes(), time),
                        new ShowPortalSession(
                                storage.meters(), storage.subjects(), storage.retention(), time),
                        new FindPortalValues(storage.meters(), usage, time),
                        new ListPortalEvents(storage.meters(), storage.history(), time),
                        new FollowUsage(bearers, storage.meters(), storage.changes(), time),
                        new RateLimit(1_000, 1_000, time::nanoTime),
                        new RateLimit(1_000, 1_000, time::nanoTime)),
                new UseCases.Access(
                        new AuthorizeKey(storage.keys(), time, Optional.empty(), uses),
                        manage,
                        new ReadAudit(storage.audit())),
                new UseCases.Upkeep(
                        new EraseSubject(
                                revoke,
                                storage.tokens(),
                                storage.subjects(),
                                storage.erasure(),
                                time),
                        storage.verification(),
                        new MakeBackup(file -> new Backups.Copy(0, ""), Path.of("backups"), time)));
    }

    /** With little patience, so that tests of patience are short. */
    private static HttpSettings quick(HttpSettings settings) {
        ListenerSettings listener = settings.listener();
        TimeLimits times = new TimeLimits(
                Duration.ofSeconds(5),
                Duration.ofSeconds(5),
                Duration.ofSeconds(5),
                Duration.ofMillis(500));
        return settings.with(new ListenerSettings(
                times,
                listener.mostConnections(),
                listener.mostBodyBytes(),
                Duration.ofSeconds(1)));
    }
}
