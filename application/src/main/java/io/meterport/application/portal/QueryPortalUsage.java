package io.meterport.application.portal;

import io.meterport.application.meter.UsageAnswer;
import io.meterport.application.meter.UsageRequest;
import io.meterport.application.spi.Catalog;
import io.meterport.application.spi.MeterStore;
import io.meterport.application.spi.UsageChange;
import io.meterport.application.spi.UsageChanges;
import io.meterport.application.spi.UsageReader;
import io.meterport.domain.meter.Meter;
import io.meterport.domain.portal.PortalToken;
import io.meterport.domain.usage.Usage;
import io.meterport.domain.usage.UsageQuery;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Answers the holder of a portal token, about the token's own subject and nobody else: there is no
 * parameter by which another could be named. Thread-safe.
 */
public final class QueryPortalUsage {
    private final MeterStore meters;
    private final UsageReader usage;
    private final UsageChanges changes;
    private final InstantSource time;

    public QueryPortalUsage(
            MeterStore meters, UsageReader usage, UsageChanges changes, InstantSource time) {
        this.meters = meters;
        this.usage = usage;
        this.changes = changes;
        this.time = time;
    }

    /**
     * The answer for the token's subject. A restricted token is refused a meter outside its scope
     * in the same words whether there is such a meter or not, and before the request is looked at.
     *
     * @param slug as it was sent; whatever is no slug is a meter that does not exist
     * @param request read only once the meter may be read
     * @param mediaType in what form it is wanted; forms have tags of their own
     */
    public TaggedAnswer<UsageAnswer> ask(
            PortalToken token, String slug, Supplier<UsageRequest> request, String mediaType) {
        Catalog catalog = meters.catalog(token.namespace());
        PortalMeters allowed = new PortalMeters(token, catalog);
        Optional<Meter> found = allowed.find(slug);
        UsageRequest asked = request.get();
        Meter meter = found.orElseThrow(PortalMeters::unknown);
        UsageQuery query = allowed.narrow(meter, asked, time.instant());
        UsageChange change =
                changes.last(token.namespace(), token.subject(), Set.of(meter.eventType()));
        AnswerTag tag = new AnswerTag()
                .with(change.number())
                .with(token.namespace())
                .with(token.subject())
                .with(meter.id())
                .with(catalog.version())
                .with(asked)
                .with(query.filters())
                .with(mediaType);
        return new TaggedAnswer<>(
                tag.text(), () -> new UsageAnswer(query, Usage.rows(query, usage.read(query))));
    }
}
