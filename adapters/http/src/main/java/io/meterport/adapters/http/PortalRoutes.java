package io.meterport.adapters.http;

import io.meterport.adapters.http.wire.Answer;
import io.meterport.adapters.http.wire.Exchange;
import io.meterport.adapters.http.wire.Gate;
import io.meterport.adapters.http.wire.Path;
import io.meterport.application.meter.UsageAnswer;
import io.meterport.application.portal.QueryPortalUsage;
import io.meterport.domain.portal.PortalToken;
import java.util.List;

/** What the holder of a portal token may ask: about the token's subject, and nobody else's. */
final class PortalRoutes {
    private static final String METER = "meterSlug";

    private final QueryPortalUsage usage;
    private final UsageAnswers answers;
    private final Gate queries;

    PortalRoutes(QueryPortalUsage usage, UsageAnswers answers, Gate queries) {
        this.usage = usage;
        this.answers = answers;
        this.queries = queries;
    }

    List<Path> paths() {
        return List.of(
                Path.ofPortal("/api/v1/portal/meters/{" + METER + "}/query").get(this::query));
    }

    private Answer query(Exchange exchange) {
        PortalToken token = usage.authenticate(BearerToken.of(exchange));
        exchange.calledBy(token.id().value());
        Once<UsageParams> params = new Once<>(() -> UsageParams.ofPortal(exchange.query()));
        UsageAnswer answer = queries.pass(() ->
                usage.ask(token, exchange.pathValue(METER), () -> params.get().request()));
        return answers.of(exchange, params.get(), answer);
    }
}
