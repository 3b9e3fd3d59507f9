package io.meterport.adapters.http;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.meterport.adapters.http.wire.Exchange;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * Where a request came from. Proxies that are trusted say it in X-Forwarded-For, each adding the
 * address it was called from at the right; whatever stands left of the first address that is not
 * trusted may have been made up by the client.
 */
final class ClientAddress {
    private static final HeaderName FORWARDED = HeaderNames.create("X-Forwarded-For");
    private static final int MOST_CHARACTERS = 64;

    private final Predicate<String> trusted;

    /**
     * @param trusted whether a proxy at that address is believed
     */
    ClientAddress(Predicate<String> trusted) {
        this.trusted = trusted;
    }

    /** The address nearest to us that is not a trusted proxy's. */
    String of(Exchange exchange) {
        String address = exchange.peer();
        List<String> hops = hops(exchange.headers(FORWARDED));
        for (int i = hops.size() - 1; i >= 0 && trusted.test(address); i--) {
            address = hops.get(i);
        }
        return address.length() > MOST_CHARACTERS ? exchange.peer() : address;
    }

    private static List<String> hops(List<String> values) {
        List<String> hops = new ArrayList<>();
        for (String value : values) {
            for (String hop : value.split(",", -1)) {
                hops.add(hop.strip());
            }
        }
        return hops;
    }
}
