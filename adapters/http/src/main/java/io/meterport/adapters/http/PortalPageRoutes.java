package io.meterport.adapters.http;

import io.meterport.adapters.http.wire.Answer;
import io.meterport.adapters.http.wire.Exchange;
import io.meterport.adapters.http.wire.Gate;
import io.meterport.adapters.http.wire.Path;
import io.meterport.adapters.json.JsonWriter;
import io.meterport.application.dashboard.DashboardAnswer;
import io.meterport.application.portal.TaggedAnswer;
import io.meterport.domain.portal.PortalToken;
import java.util.List;

/** What a usage page needs beside the query of one meter: who, which meters, all in one call. */
final class PortalPageRoutes {
    private static final String METER = "meterSlug";
    private static final String DIMENSION = "groupByKey";

    private final UseCases.Portal portal;
    private final PortalDoor door;
    private final Gate queries;

    PortalPageRoutes(UseCases.Portal portal, PortalDoor door, Gate queries) {
        this.portal = portal;
        this.door = door;
        this.queries = queries;
    }

    List<Path> paths() {
        return List.of(
                Path.ofPortal("/api/v1/portal/session").get(this::session),
                Path.ofPortal("/api/v1/portal/meters").get(this::meters),
                Path.ofPortal("/api/v1/portal/meters/{" + METER + "}/group-by/{" + DIMENSION
                                + "}/values")
                        .get(this::values),
                Path.ofPortal("/api/v1/portal/query").get(this::query).post(this::longQuery));
    }

    private Answer session(Exchange exchange) {
        return Answers.one(portal.session().of(door.enter(exchange)), PortalSessionJson::write);
    }

    private Answer meters(Exchange exchange) {
        return Answers.array(
                portal.session().meters(door.enter(exchange)), PortalSessionJson::write);
    }

    private Answer values(Exchange exchange) {
        PortalToken token = door.enter(exchange);
        Params params = new Params(exchange.query());
        var from = params.instant("from");
        var to = params.instant("to");
        List<String> values = queries.pass(() -> portal.values()
                .values(token, exchange.pathValue(METER), exchange.pathValue(DIMENSION), from, to));
        return Answers.array(values, PortalPageRoutes::write);
    }

    private Answer query(Exchange exchange) {
        PortalToken token = door.enter(exchange);
        DashboardParams params = DashboardParams.ofQuery(new Params(exchange.query()));
        String mediaType = DashboardAnswers.mediaType(exchange, params.request());
        TaggedAnswer<DashboardAnswer> asked =
                portal.dashboard().ask(token, params.request(), mediaType);
        return Conditional.of(exchange, asked.tag(), () -> answer(mediaType, token, asked));
    }

    private Answer longQuery(Exchange exchange) {
        PortalToken token = door.enter(exchange);
        DashboardParams params = DashboardParams.of(Bodies.json(exchange), false);
        String mediaType = DashboardAnswers.mediaType(exchange, params.request());
        return answer(mediaType, token, portal.dashboard().ask(token, params.request(), mediaType));
    }

    private Answer answer(
            String mediaType, PortalToken token, TaggedAnswer<DashboardAnswer> asked) {
        return DashboardAnswers.of(mediaType, queries.pass(asked.answer()), token.subject());
    }

    private static void write(String value, JsonWriter json) {
        json.value(value);
    }
}
