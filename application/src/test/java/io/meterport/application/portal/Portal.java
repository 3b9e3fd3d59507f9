package io.meterport.application.portal;

import io.meterport.application.Secrets;
import io.meterport.application.TestTime;
import io.meterport.application.access.ApiKey;
import io.meterport.application.access.LastUse;
import io.meterport.application.access.RateLimit;
import io.meterport.application.access.Scope;
import io.meterport.application.ingest.IngestEvents;
import io.meterport.application.meter.UsageAnswer;
import io.meterport.application.meter.UsageRequest;
import io.meterport.application.spi.EventSample;
import io.meterport.application.spi.Feeds;
import io.meterport.application.spi.MemoryStorage;
import io.meterport.application.spi.MeterChange;
import io.meterport.application.spi.MeterSample;
import io.meterport.application.spi.Samples;
import io.meterport.domain.event.Event;
import io.meterport.domain.meter.Meter;
import io.meterport.domain.portal.PortalToken;
import io.meterport.domain.portal.Revocation;
import io.meterport.domain.subject.Namespace;
import io.meterport.domain.subject.SubjectKey;
import io.meterport.domain.usage.Filter;
import io.meterport.domain.usage.WindowSize;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A portal over a storage in memory, with everything in reach that a test may want to do. */
final class Portal {
    static final Instant START = Samples.NOON;

    final TestTime time = new TestTime(START);
    final MemoryStorage storage = new MemoryStorage(time);
    final Secrets secrets = new Secrets();
    final PortalClock clock = new PortalClock(time, time::nanoTime, storage.clock());
    final RateLimit rate = new RateLimit(50, 200, time::nanoTime);
    final IssuePortalToken issue = new IssuePortalToken(
            storage.meters(), storage.tokens(), secrets.make(), clock, PortalLimits.DEFAULT, rate);
    final RevocationHead head = RevocationHead.exact(storage.revocations());
    final AuthenticateBearer bearers = new AuthenticateBearer(
            storage.tokens(),
            head,
            clock,
            new LastUse(storage.keys(), storage.tokens()),
            new RateLimit(1, 20, time::nanoTime));
    final QueryPortalUsage query =
            new QueryPortalUsage(storage.meters(), storage.usage(), storage.changes(), time);
    final RevokePortalTokens revoke = new RevokePortalTokens(
            storage.revocations(), head, Feeds.none().revocations(), clock, PortalLimits.DEFAULT);
    final IngestEvents ingest = new IngestEvents(storage.meters(), storage.events()::append);
    final ApiKey backend = new ApiKey(
            secrets.id(),
            Namespace.DEFAULT,
            "backend",
            Set.of(Scope.ADMIN),
            new byte[32],
            START,
            Optional.empty(),
            Optional.empty());

    Meter define(MeterSample sample) {
        return storage.meters().change(new MeterChange.Define(sample.meter()), "tests");
    }

    void send(EventSample... samples) {
        List<Event> events = Arrays.stream(samples).map(EventSample::event).toList();
        ingest.accept(Namespace.DEFAULT, events, time.instant());
    }

    /** The text of a new token for that subject and, if any are named, only these meters. */
    String token(String subject, String... slugs) {
        Optional<List<String>> meters =
                slugs.length == 0 ? Optional.empty() : Optional.of(List.of(slugs));
        return token(new TokenRequest(new SubjectKey(subject), meters, Optional.empty()));
    }

    String token(TokenRequest request) {
        return issue.issue(backend, request).secret().text();
    }

    String token(String subject, AskedRestrictions restrictions) {
        return token(new TokenRequest(
                new SubjectKey(subject),
                Optional.empty(),
                Optional.empty(),
                restrictions,
                AskedHints.NONE));
    }

    void revoke(Revocation revocation) {
        revoke.revoke(backend, revocation);
    }

    /** The values that the token's holder gets for that meter, in one total. */
    List<BigDecimal> ask(String token, String slug) {
        return ask(token, slug, anything());
    }

    List<BigDecimal> ask(String token, String slug, UsageRequest request) {
        return asked(token, slug, request).answer().get().rows().stream()
                .map(row -> row.value())
                .toList();
    }

    PortalToken authenticate(String token) {
        return bearers.authenticate(token, "192.0.2.1");
    }

    TaggedAnswer<UsageAnswer> asked(String token, String slug, UsageRequest request) {
        return query.ask(authenticate(token), slug, () -> request, "application/json");
    }

    static UsageRequest anything() {
        return request(List.of(), Map.of());
    }

    static UsageRequest request(List<String> groupBy, Map<String, Filter> filters) {
        return new UsageRequest(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                ZoneOffset.UTC,
                Optional.empty(),
                groupBy,
                filters);
    }

    static UsageRequest request(Instant from, Instant to, WindowSize size) {
        return new UsageRequest(
                Optional.of(from),
                Optional.of(to),
                Optional.of(size),
                ZoneOffset.UTC,
                Optional.empty(),
                List.of(),
                Map.of());
    }
}
