package io.meterport.adapters.http;

import io.meterport.adapters.http.wire.Answer;
import io.meterport.adapters.http.wire.Exchange;
import io.meterport.adapters.http.wire.Path;
import io.meterport.application.access.ApiKey;
import io.meterport.application.access.Scope;
import io.meterport.application.meter.DefineMeter;
import io.meterport.application.meter.FindMeters;
import io.meterport.application.meter.FoundMeter;
import io.meterport.application.meter.MeterName;
import io.meterport.application.meter.MeterOrder;
import io.meterport.application.meter.Page;
import io.meterport.domain.meter.Meter;
import java.util.List;

/** Definitions of meters. */
final class MeterRoutes {
    static final String METER = "meterIdOrSlug";
    static final String ONE = "/api/v1/meters/{" + METER + "}";

    private static final int MOST_PER_PAGE = 1_000;
    private static final int PER_PAGE = 100;
    private static final int MOST_PAGES = 1_000_000;

    private final DefineMeter define;
    private final FindMeters find;

    MeterRoutes(UseCases.Meters meters) {
        this.define = meters.define();
        this.find = meters.find();
    }

    List<Path> paths(Keys keys) {
        return List.of(
                Path.of("/api/v1/meters")
                        .get(keys.with(Scope.QUERY, this::list))
                        .post(keys.with(Scope.METERS, this::create)),
                Path.of(ONE)
                        .get(keys.with(Scope.QUERY, this::get))
                        .with("PUT", keys.with(Scope.METERS, this::replace))
                        .with("DELETE", keys.with(Scope.METERS, this::delete)));
    }

    private Answer list(Exchange exchange, ApiKey key) {
        Params params = new Params(exchange.query());
        Page page = new Page(
                params.number("page", 1, MOST_PAGES, 1),
                params.number("pageSize", 1, MOST_PER_PAGE, PER_PAGE));
        List<FoundMeter> meters = find.page(
                key.namespace(),
                order(params),
                isFalling(params),
                params.flag("includeDeleted"),
                page);
        return Answers.array(meters, MeterJson::write);
    }

    /** 200, as upstream answers, and not 201. */
    private Answer create(Exchange exchange, ApiKey key) {
        Meter meter =
                define.create(key.id(), key.namespace(), MeterParams.draft(Bodies.json(exchange)));
        return Answers.one(find.found(meter), MeterJson::write);
    }

    private Answer get(Exchange exchange, ApiKey key) {
        return Answers.one(find.named(key.namespace(), name(exchange)), MeterJson::write);
    }

    private Answer replace(Exchange exchange, ApiKey key) {
        MeterName name = name(exchange);
        Meter meter = define.replace(
                key.id(), key.namespace(), name, MeterParams.edit(Bodies.json(exchange)));
        return Answers.one(find.found(meter), MeterJson::write);
    }

    private Answer delete(Exchange exchange, ApiKey key) {
        define.delete(key.id(), key.namespace(), name(exchange));
        return Answer.noContent();
    }

    static MeterName name(Exchange exchange) {
        return new MeterName(exchange.pathValue(METER));
    }

    private static MeterOrder order(Params params) {
        return switch (params.single("orderBy").orElse("key")) {
            case "key" -> MeterOrder.KEY;
            case "name" -> MeterOrder.NAME;
            case "aggregation" -> MeterOrder.AGGREGATION;
            case "createdAt" -> MeterOrder.CREATED_AT;
            case "updatedAt" -> MeterOrder.UPDATED_AT;
            default ->
                throw Faults.parameter(
                        "orderBy", "must be key, name, aggregation, createdAt or updatedAt");
        };
    }

    private static boolean isFalling(Params params) {
        return switch (params.single("order").orElse("ASC")) {
            case "ASC" -> false;
            case "DESC" -> true;
            default -> throw Faults.parameter("order", "must be ASC or DESC");
        };
    }
}
