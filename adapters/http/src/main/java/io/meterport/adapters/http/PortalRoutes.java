package io.meterport.adapters.http;

import io.meterport.adapters.http.wire.Answer;
import io.meterport.adapters.http.wire.Exchange;
import io.meterport.adapters.http.wire.Gate;
import io.meterport.adapters.http.wire.Path;
import io.meterport.application.meter.UsageAnswer;
import io.meterport.application.portal.QueryPortalUsage;
import io.meterport.application.portal.TaggedAnswer;
import io.meterport.domain.portal.PortalToken;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** What the holder of a portal token may ask: about the token's subject, and nobody else's. */
final class PortalRoutes {
    private static final String METER = "meterSlug";

    private final QueryPortalUsage usage;
    private final PortalDoor door;
    private final UsageAnswers answers;
    private final Gate queries;
    private final KeptAnswers kept;

    PortalRoutes(
            QueryPortalUsage usage,
            PortalDoor door,
            UsageAnswers answers,
            Gate queries,
            KeptAnswers kept) {
        this.usage = usage;
        this.door = door;
        this.answers = answers;
        this.queries = queries;
        this.kept = kept;
    }

    List<Path> paths() {
        return List.of(
                Path.ofPortal("/api/v1/portal/meters/{" + METER + "}/query").get(this::query));
    }

    private Answer query(Exchange exchange) {
        PortalToken token = door.enter(exchange);
        Once<UsageParams> params = new Once<>(() -> UsageParams.ofPortal(exchange.query()));
        String mediaType = answers.mediaType(exchange);
        TaggedAnswer<UsageAnswer> asked = usage.ask(
                token, exchange.pathValue(METER), () -> params.get().request(), mediaType);
        Supplier<Answer> answer =
                () -> answers.of(exchange, params.get(), queries.pass(asked.answer()));
        // A table is made while it is sent, and its names of subjects are not in the tag.
        return Conditional.of(
                exchange,
                asked.tag(),
                CsvAnswers.areWanted(exchange)
                        ? answer
                        : () -> kept.get(Name.of(asked.tag(), params.get()), answer));
    }

    /** An answer repeats its range as it was written, while its tag tells only ranges apart. */
    private record Name(String tag, Optional<OffsetDateTime> from, Optional<OffsetDateTime> to) {
        static Name of(String tag, UsageParams params) {
            return new Name(tag, params.from(), params.to());
        }
    }
}
