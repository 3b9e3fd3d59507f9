package io.meterport.bootstrap.demo;

import io.meterport.domain.json.Json;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a backend asks for when it asks for a portal token, with all that it knows of a customer. */
public final class DemoToken {
    /** Short, so that one can see the page get another one. */
    private static final Duration LIFE = Duration.ofMinutes(15);
    /** So far is the billing period, whatever the day: a page that has just begun shows little. */
    private static final int DAYS_BILLED = 19;

    private static final BigDecimal INCLUDED = BigDecimal.valueOf(5_000_000);

    private DemoToken() {}

    /** The request for a token of that customer. */
    public static Json.Obj request(String customer, Instant now) {
        ZoneId zone = MadeUpEvents.zone(customer);
        LocalDate anchor = LocalDate.ofInstant(now, zone).minusDays(DAYS_BILLED);
        Map<String, Json> request = new LinkedHashMap<>();
        request.put("subject", new Json.Text(customer));
        request.put("expiresAt", new Json.Text(now.plus(LIFE).toString()));
        request.put("timeZone", new Json.Text(zone.getId()));
        request.put(
                "billing",
                object(
                        "anchor", new Json.Text(anchor.toString()),
                        "interval", new Json.Text("month")));
        request.put("allowances", new Json.Obj(Map.of(DemoMeters.SHOWN, new Json.Num(INCLUDED))));
        return new Json.Obj(request);
    }

    private static Json.Obj object(String name, Json value, String other, Json otherValue) {
        Map<String, Json> members = new LinkedHashMap<>();
        members.put(name, value);
        members.put(other, otherValue);
        return new Json.Obj(members);
    }
}
