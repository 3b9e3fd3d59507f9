package io.meterport.bootstrap.demo;

import io.meterport.domain.json.Json;
import java.math.BigDecimal;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Makes up events of a few customers that call a language model: busy by day and on weekdays, each
 * in a time zone of its own. The same start and seed give the same events, with the same ids.
 */
public final class MadeUpEvents {
    /** The type of every event. */
    public static final String TYPE = "prompt";
    /** The customer whose usage the demonstration shows. */
    public static final String SHOWN = "acme";

    private static final List<Customer> CUSTOMERS = List.of(
            new Customer(SHOWN, "Acme, Inc.", 18, 0.25, ZoneId.of("America/New_York"), 0.015),
            new Customer("globex", "Globex GmbH", 10, 0.1, ZoneId.of("Europe/Berlin"), 0.0),
            new Customer("initech", "Initech", 5, 0.6, ZoneId.of("Asia/Tokyo"), 0.03),
            new Customer("hooli", "Hooli", 4, 0.4, ZoneId.of("America/Los_Angeles"), -0.01));
    private static final List<String> MODELS = List.of("swift-1", "deep-2", "deep-2-long");
    private static final List<String> ROUTES = List.of("/chat", "/search", "/summarize");
    private static final int HOUR = 3_600;
    private static final int SESSIONS = 90;

    private final SplittableRandom random;
    private final Instant start;
    private long count;

    /**
     * @param start when the customers began
     */
    public MadeUpEvents(Instant start, long seed) {
        this.start = start.truncatedTo(ChronoUnit.HOURS);
        this.random = new SplittableRandom(seed);
    }

    /** The customers' names. */
    public static List<String> customers() {
        return CUSTOMERS.stream().map(Customer::subject).toList();
    }

    /** For each customer how people call it. */
    public static Map<String, String> names() {
        Map<String, String> names = new LinkedHashMap<>();
        CUSTOMERS.forEach(customer -> names.put(customer.subject(), customer.name()));
        return names;
    }

    /**
     * Where that customer's people work.
     *
     * @throws java.util.NoSuchElementException if there is no such customer
     */
    public static ZoneId zone(String subject) {
        return CUSTOMERS.stream()
                .filter(customer -> customer.subject().equals(subject))
                .map(Customer::zone)
                .findFirst()
                .orElseThrow();
    }

    /** All events from the start until then, each hour's together. */
    public List<Json> until(Instant end) {
        List<Json> events = new ArrayList<>();
        for (Instant hour = start; hour.isBefore(end); hour = hour.plusSeconds(HOUR)) {
            for (Customer customer : CUSTOMERS) {
                int calls = (int) Math.round(rate(customer, hour) * (0.6 + random.nextDouble(0.8)));
                for (int i = 0; i < calls; i++) {
                    Instant time = hour.plusMillis(random.nextInt(HOUR * 1_000));
                    if (time.isBefore(end)) {
                        events.add(event(customer, time));
                    }
                }
            }
        }
        return events;
    }

    /** An event of this very moment, more likely of a customer that calls more. */
    public List<Json> now(Instant now) {
        double all = CUSTOMERS.stream().mapToDouble(Customer::callsAnHour).sum();
        double pick = random.nextDouble(all);
        for (Customer customer : CUSTOMERS) {
            pick -= customer.callsAnHour();
            if (pick < 0) {
                return List.of(event(customer, now.minusMillis(random.nextInt(900))));
            }
        }
        return List.of();
    }

    /** How many calls the customer makes in that hour, on average. */
    private double rate(Customer customer, Instant hour) {
        ZonedDateTime local = hour.atZone(customer.zone());
        double day = Math.max(0.05, Math.sin(Math.PI * (local.getHour() - 6) / 15.0));
        boolean night = local.getHour() < 6 || local.getHour() > 21;
        DayOfWeek weekday = local.getDayOfWeek();
        boolean weekend = weekday == DayOfWeek.SATURDAY || weekday == DayOfWeek.SUNDAY;
        double days = Duration.between(start, hour).toHours() / 24.0;
        return customer.callsAnHour()
                * (night ? 0.04 : day)
                * (weekend ? customer.weekend() : 1)
                * (1 + customer.growth() * days);
    }

    private Json event(Customer customer, Instant time) {
        String model = MODELS.get(random.nextInt(10) < 6 ? 0 : 1 + random.nextInt(2));
        String route = ROUTES.get(random.nextInt(ROUTES.size()));
        int scale = model.equals("deep-2-long") ? 2_400 : 500;
        int tokens = 40 + random.nextInt(scale) + random.nextInt(scale);
        Map<String, Json> data = new LinkedHashMap<>();
        data.put("tokens", Json.Num.of(tokens));
        data.put("model", new Json.Text(model));
        data.put("kind", new Json.Text(random.nextInt(3) == 0 ? "output" : "input"));
        data.put("route", new Json.Text(route));
        data.put("duration_ms", new Json.Num(BigDecimal.valueOf(20L + tokens * 3L / 2, 1)));
        long day = time.getEpochSecond() / (24 * HOUR);
        data.put(
                "session",
                new Json.Text(customer.subject() + "-" + day + "-" + random.nextInt(SESSIONS)));
        Map<String, Json> event = new LinkedHashMap<>();
        event.put("specversion", new Json.Text("1.0"));
        event.put("id", new Json.Text("demo-" + start.getEpochSecond() + "-" + ++count));
        event.put("source", new Json.Text("meterport-demo"));
        event.put("type", new Json.Text(TYPE));
        event.put("subject", new Json.Text(customer.subject()));
        event.put("time", new Json.Text(time.toString()));
        event.put("data", new Json.Obj(data));
        return new Json.Obj(event);
    }
}
