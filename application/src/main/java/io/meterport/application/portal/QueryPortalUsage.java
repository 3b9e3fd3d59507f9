package io.meterport.application.portal;

import io.meterport.application.meter.UsageAnswer;
import io.meterport.application.meter.UsageRequest;
import io.meterport.application.spi.MeterStore;
import io.meterport.application.spi.UsageReader;
import io.meterport.domain.meter.Meter;
import io.meterport.domain.portal.PortalToken;
import io.meterport.domain.usage.Usage;
import io.meterport.domain.usage.UsageQuery;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Answers the holder of a portal token, about the token's own subject and nobody else: there is no
 * parameter by which another could be named. Thread-safe.
 */
public final class QueryPortalUsage {
    private final AuthenticateBearer bearers;
    private final MeterStore meters;
    private final UsageReader usage;
    private final InstantSource time;

    public QueryPortalUsage(
            AuthenticateBearer bearers, MeterStore meters, UsageReader usage, InstantSource time) {
        this.bearers = bearers;
        this.meters = meters;
        this.usage = usage;
        this.time = time;
    }

    /** The token of that text, or {@code unauthenticated}. */
    public PortalToken authenticate(String bearer) {
        return bearers.authenticate(bearer);
    }

    /**
     * The answer for the token's subject. A restricted token is refused a meter outside its scope
     * in the same words whether there is such a meter or not, and before the request is looked at.
     *
     * @param slug as it was sent; whatever is no slug is a meter that does not exist
     * @param request read only once the meter may be read
     */
    public UsageAnswer ask(PortalToken token, String slug, Supplier<UsageRequest> request) {
        PortalMeters allowed = new PortalMeters(token, meters.catalog(token.namespace()));
        Optional<Meter> meter = allowed.find(slug);
        UsageRequest asked = request.get();
        UsageQuery query =
                allowed.narrow(meter.orElseThrow(PortalMeters::unknown), asked, time.instant());
        return new UsageAnswer(query, Usage.rows(query, usage.read(query)));
    }
}
