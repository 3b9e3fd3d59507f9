package io.meterport.adapters.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.meterport.application.spi.QuerySample;
import io.meterport.application.spi.Samples;
import io.meterport.domain.event.Event;
import io.meterport.domain.json.Json;
import io.meterport.domain.meter.Meter;
import io.meterport.domain.meter.MeterSlug;
import io.meterport.domain.subject.Namespace;
import io.meterport.domain.usage.Usage;
import io.meterport.domain.usage.UsageRow;
import io.meterport.domain.usage.WindowSize;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every number on a usage page is what {@link Usage} says of the events, and nothing else. */
final class PortalAgreementTest {
    private static final List<String> METERS =
            List.of("tokens", "calls", "users", "level", "average", "least", "most");
    private static final String FROM = "2026-10-30T13:07:00Z";
    private static final String TO = "2026-11-03T02:30:00Z";
    private static final String NEW_YORK = "America/New_York";

    private final Api api = new Api();
    private final List<Event> events = new ArrayList<>();

    @BeforeEach
    void define() {
        api.meter("tokens", "SUM", "n", "model", "tier");
        api.meter("calls", "COUNT", "", "model", "tier");
        api.meter("users", "UNIQUE_COUNT", "user", "model", "tier");
        api.meter("level", "LATEST", "n", "model", "tier");
        api.meter("average", "AVG", "n", "model", "tier");
        api.meter("least", "MIN", "n", "model", "tier");
        api.meter("most", "MAX", "n", "model", "tier");
    }

    @AfterEach
    void stop() {
        api.close();
    }

    /** The range holds the night in which New York's clocks are set back. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void agreesWithTheDomain(long seed) {
        send(new Random(seed));
        String token = api.token("alice");

        for (String slug : METERS) {
            for (String size : List.of("HOUR", "DAY", "MONTH")) {
                Reply page = api.page(token, """
                        {"period":{"from":"%s","to":"%s"},"timeZone":"%s","windowSize":"%s",
                         "meters":[{"meter":"%s","groupBy":["model","tier"],"top":3}]}""".formatted(FROM, TO, NEW_YORK, size, slug));
                assertThat(page.status()).isEqualTo(200);
                check(page, slug, WindowSize.valueOf(size));
            }
        }
    }

    private void check(Reply page, String slug, WindowSize size) {
        assertLine(page, "/meters/0", slug, size, events);
        Set<List<String>> told = new HashSet<>();
        for (int i = 0; i < page.countAt("/meters/0/series"); i++) {
            String at = "/meters/0/series/" + i;
            List<String> group =
                    List.of(page.textAt(at + "/group/model"), page.textAt(at + "/group/tier"));
            told.add(group);
            assertLine(page, at, slug, size, those(event -> group(event).equals(group)));
        }
        List<Event> rest = those(event -> !told.contains(group(event)));
        if (page.hasAt("/meters/0/other")) {
            assertLine(page, "/meters/0/other", slug, size, rest);
        }
        if (slug.equals("tokens") || slug.equals("calls")) {
            BigDecimal sum = page.hasAt("/meters/0/other")
                    ? exact(page, "/meters/0/other/total")
                    : BigDecimal.ZERO;
            for (int i = 0; i < page.countAt("/meters/0/series"); i++) {
                sum = sum.add(exact(page, "/meters/0/series/" + i + "/total"));
            }
            assertThat(sum).isEqualByComparingTo(exact(page, "/meters/0/total"));
        }
    }

    private void assertLine(
            Reply page, String at, String slug, WindowSize size, List<Event> counted) {
        QuerySample query = Samples.query(meter(slug))
                .whose(Samples.only("alice"))
                .from(Instant.parse(FROM))
                .to(Instant.parse(TO));
        Optional<BigDecimal> total =
                Usage.of(query.query(), counted).stream().map(UsageRow::value).findFirst();
        assertThat(exact(page, at + "/total"))
                .as(at + " of " + slug)
                .isEqualByComparingTo(total.orElse(BigDecimal.ZERO));
        Map<Instant, BigDecimal> expected = new LinkedHashMap<>();
        Usage.of(query.by(size, ZoneId.of(NEW_YORK)).query(), counted)
                .forEach(row -> expected.put(row.window().start(), row.value()));
        Map<Instant, BigDecimal> found = new LinkedHashMap<>();
        for (int i = 0; i < page.countAt(at + "/windows"); i++) {
            String window = at + "/windows/" + i;
            found.put(
                    OffsetDateTime.parse(page.textAt(window + "/windowStart")).toInstant(),
                    new BigDecimal(page.textAt(window + "/exact")));
        }
        assertThat(found.keySet()).as(at + " of " + slug).isEqualTo(expected.keySet());
        found.forEach(
                (start, value) -> assertThat(value).isEqualByComparingTo(expected.get(start)));
    }

    private void send(Random random) {
        Instant first = Instant.parse("2026-10-30T00:00:00Z");
        for (int i = 0; i < 120; i++) {
            Instant time = first.plusSeconds(random.nextInt(5 * 86_400));
            String number = random.nextInt(1_000) - 300 + "." + random.nextInt(100);
            String model = "m" + random.nextInt(4);
            String tier = random.nextBoolean() ? "pro" : "";
            String user = "u" + random.nextInt(6);
            String subject = random.nextInt(5) == 0 ? "bob" : "alice";
            api.event("e" + i, subject, time.toString(), """
                    {"n":%s,"model":"%s","tier":"%s","user":"%s"}""".formatted(number, model, tier, user));
            events.add(Samples.event("e" + i)
                    .of(subject)
                    .at(time)
                    .with("n", new BigDecimal(number), "model", model, "tier", tier, "user", user)
                    .event());
        }
    }

    private List<Event> those(Predicate<Event> which) {
        return events.stream().filter(which).toList();
    }

    private static List<String> group(Event event) {
        Json.Obj data = event.data().orElseThrow();
        return List.of(text(data, "model"), text(data, "tier"));
    }

    private static String text(Json.Obj data, String name) {
        return ((Json.Text) data.get(name).orElseThrow()).value();
    }

    private Meter meter(String slug) {
        return api.storage
                .meters()
                .catalog(Namespace.DEFAULT)
                .find(new MeterSlug(slug))
                .orElseThrow();
    }

    private static BigDecimal exact(Reply page, String pointer) {
        return page.at(pointer) instanceof Json.Nil
                ? BigDecimal.ZERO
                : new BigDecimal(page.textAt(pointer + "/exact"));
    }
}
