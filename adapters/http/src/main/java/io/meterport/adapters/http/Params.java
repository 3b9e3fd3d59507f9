package io.meterport.adapters.http;

import io.meterport.adapters.http.wire.Query;
import io.meterport.domain.problem.ProblemException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;

/** Query parameters, read by type. Those that nobody asks for are ignored. */
record Params(Query query) {
    /** The one value of that name; two are refused. */
    Optional<String> single(String name) {
        List<String> values = query.values(name);
        if (values.size() > 1) {
            throw Faults.parameter(name, "must be given once");
        }
        return values.stream().findFirst();
    }

    /** A time with an offset. */
    Optional<OffsetDateTime> time(String name) {
        return single(name)
                .map(text -> Rfc3339.parse(text)
                        .orElseThrow(() -> Faults.parameter(
                                name, "must be an RFC 3339 time with seconds and an offset")));
    }

    /** As {@link #time}, without the offset. */
    Optional<Instant> instant(String name) {
        return time(name).map(OffsetDateTime::toInstant);
    }

    /** A whole number between bounds, both allowed. */
    int number(String name, int least, int most, int otherwise) {
        return single(name).map(text -> number(name, text, least, most)).orElse(otherwise);
    }

    /** The words true or false, and otherwise false. */
    boolean flag(String name) {
        return flag(name, false);
    }

    /** The words true or false. */
    boolean flag(String name, boolean otherwise) {
        return single(name)
                .map(text -> switch (text) {
                    case "true" -> true;
                    case "false" -> false;
                    default -> throw Faults.parameter(name, "must be true or false");
                })
                .orElse(otherwise);
    }

    /** Refuses what would ask for customers, of which there are none. */
    void refuseCustomers() {
        if (query.has("filterCustomerId") || query.has("customerId")) {
            throw noCustomers();
        }
    }

    static ProblemException noCustomers() {
        return Faults.of(
                "customers-not-supported", "Customers are not part of Meterport; use subject.");
    }

    private static int number(String name, String text, int least, int most) {
        boolean digits = !text.isEmpty()
                && text.length() < 10
                && text.chars().allMatch(c -> c >= '0' && c <= '9');
        int number = digits ? Integer.parseInt(text) : -1;
        if (number < least || number > most) {
            throw Faults.parameter(name, "must be a number from " + least + " to " + most);
        }
        return number;
    }
}
