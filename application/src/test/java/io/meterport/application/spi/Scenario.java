package io.meterport.application.spi;

import io.meterport.domain.event.Event;
import io.meterport.domain.meter.Dimension;
import io.meterport.domain.meter.Meter;
import io.meterport.domain.usage.UsageQuery;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Things that happen to one meter, one after the other, and what is asked then.
 *
 * @param batches events as they are sent; of equal keys the first counts
 * @param defineBefore the batch before which the meter is defined, or their number
 * @param relabelBefore the batch before which it gets other dimensions; none such: never
 * @param relabelled those other dimensions
 * @param forgetBefore the batch before which events are forgotten; none such: never
 * @param horizon where they begin then
 * @param eraseBefore the batch before which a subject is erased; none such: never
 */
record Scenario(
        MeterSample meter,
        List<List<Event>> batches,
        int defineBefore,
        int relabelBefore,
        List<Dimension> relabelled,
        int forgetBefore,
        Instant horizon,
        int eraseBefore,
        List<QuerySample> queries) {
    boolean forgets() {
        return forgetBefore <= batches.size();
    }

    List<UsageQuery> queriesOf(Meter defined) {
        return queries.stream().map(query -> query.asking(defined).query()).toList();
    }

    @Override
    public String toString() {
        return meter + "\n defined before batch " + defineBefore + ", then before " + relabelBefore
                + " with " + relabelled + "\n forgotten before " + horizon + " before batch "
                + forgetBefore + ", erased before " + eraseBefore + "\n batches:\n  "
                + batches.stream().map(Object::toString).collect(Collectors.joining("\n  "))
                + "\n queries:\n  "
                + queries.stream().map(Object::toString).collect(Collectors.joining("\n  "));
    }
}
