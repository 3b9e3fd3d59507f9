package io.meterport.adapters.http;

import io.meterport.adapters.http.wire.Answer;
import io.meterport.adapters.http.wire.Exchange;
import io.meterport.adapters.http.wire.Gate;
import io.meterport.adapters.http.wire.Path;
import io.meterport.application.access.ApiKey;
import io.meterport.application.access.Scope;
import io.meterport.application.dashboard.DashboardAnswer;
import io.meterport.application.dashboard.QueryDashboard;
import java.util.List;

/** What a usage page shows, in one call, for operators and of any subjects. */
final class DashboardRoutes {
    private final QueryDashboard dashboard;
    private final Gate queries;

    DashboardRoutes(QueryDashboard dashboard, Gate queries) {
        this.dashboard = dashboard;
        this.queries = queries;
    }

    List<Path> paths(Keys keys) {
        return List.of(Path.of("/api/v1/usage/query").post(keys.with(Scope.QUERY, this::query)));
    }

    private Answer query(Exchange exchange, ApiKey key) {
        DashboardParams params = DashboardParams.of(Bodies.json(exchange), true);
        String mediaType = DashboardAnswers.mediaType(exchange, params.request());
        boolean raw = CsvAnswers.areWantedRaw(exchange);
        DashboardAnswer page = queries.pass(
                () -> dashboard.ask(key.namespace(), params.subjects(), params.request()));
        return DashboardAnswers.ofOperator(mediaType, page, raw);
    }
}
