package io.meterport.adapters.http;

import io.meterport.application.portal.AskedHints;
import io.meterport.application.portal.AskedRestrictions;
import io.meterport.domain.json.Json;
import io.meterport.domain.meter.MeteredNumber;
import io.meterport.domain.portal.Billing;
import io.meterport.domain.usage.WindowSize;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads what a backend asks for beside a token's subject, meters and expiry. Stateless. */
final class TokenTermsParams {
    private TokenTermsParams() {}

    static AskedRestrictions restrictions(Members members) {
        return new AskedRestrictions(
                filters(members),
                members.textsByName("hiddenDimensions").orElse(Map.of()),
                members.text("longestRange").map(text -> duration(text, members)),
                members.text("smallestWindow").map(text -> size(text, members)),
                origins(members),
                whole(members, "requestsPerSecond"),
                members.text("session"),
                flag(members, "events"));
    }

    static AskedHints hints(Members members) {
        return new AskedHints(
                members.parsed("timeZone", Zones::of),
                members.text("locale"),
                members.objectAt("billing")
                        .map(found ->
                                billing(Members.of(found, members.place("billing"), Faults.BODY))),
                allowances(members));
    }

    /** An empty list does not mean none, nor all: nobody knows what was meant. */
    private static List<String> origins(Members members) {
        List<String> origins = members.texts("allowedOrigins").orElse(List.of());
        if (members.has("allowedOrigins") && origins.isEmpty()) {
            throw members.fault("allowedOrigins", "must not be empty when given");
        }
        return origins;
    }

    private static Map<String, Map<String, List<String>>> filters(Members members) {
        Map<String, Map<String, List<String>>> filters = new LinkedHashMap<>();
        members.objectAt("filters")
                .map(found -> Members.of(found, members.place("filters"), Faults.BODY))
                .ifPresent(bySlug -> bySlug.object()
                        .members()
                        .keySet()
                        .forEach(slug ->
                                filters.put(slug, bySlug.textsByName(slug).orElseThrow())));
        return filters;
    }

    private static Map<String, BigDecimal> allowances(Members members) {
        Map<String, BigDecimal> allowances = new LinkedHashMap<>();
        members.objectAt("allowances")
                .ifPresent(found -> found.members()
                        .forEach((slug, value) -> allowances.put(
                                slug,
                                MeteredNumber.of(value)
                                        .orElseThrow(() -> members.fault(
                                                "allowances",
                                                "must hold numbers within bounds")))));
        return allowances;
    }

    private static Billing billing(Members members) {
        String anchor = members.requiredText("anchor");
        return Faults.located(
                members.pointer(),
                () -> new Billing(
                        date(anchor, members),
                        Billing.Interval.of(members.requiredText("interval"))));
    }

    private static LocalDate date(String text, Members members) {
        try {
            return LocalDate.parse(text);
        } catch (DateTimeException e) {
            throw members.fault("anchor", "must be a date, such as 2026-01-31");
        }
    }

    private static Duration duration(String text, Members members) {
        try {
            return Duration.parse(text);
        } catch (DateTimeParseException e) {
            throw members.fault("longestRange", "must be an ISO 8601 duration, such as P31D");
        }
    }

    private static WindowSize size(String text, Members members) {
        for (WindowSize size : WindowSize.values()) {
            if (size.name().equals(text)) {
                return size;
            }
        }
        throw members.fault("smallestWindow", "must be MINUTE, HOUR, DAY or MONTH");
    }

    private static Optional<Integer> whole(Members members, String name) {
        return members.object().get(name).map(json -> {
            if (json instanceof Json.Num(BigDecimal number)
                    && number.stripTrailingZeros().scale() <= 0
                    && number.abs().compareTo(BigDecimal.valueOf(Integer.MAX_VALUE)) < 0) {
                return number.intValueExact();
            }
            throw members.fault(name, "must be a whole number");
        });
    }

    private static boolean flag(Members members, String name) {
        return members.object()
                .get(name)
                .map(json -> {
                    if (json instanceof Json.Bool(boolean value)) {
                        return value;
                    }
                    throw members.fault(name, "must be true or false");
                })
                .orElse(false);
    }
}
