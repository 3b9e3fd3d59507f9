package io.meterport.adapters.http;

import io.meterport.adapters.http.wire.Answer;
import io.meterport.adapters.http.wire.Exchange;
import io.meterport.adapters.http.wire.Gate;
import io.meterport.adapters.http.wire.Path;
import io.meterport.adapters.json.JsonWriter;
import io.meterport.application.access.ApiKey;
import io.meterport.application.access.Scope;
import io.meterport.application.meter.FindMeters;
import io.meterport.application.meter.MeterName;
import io.meterport.application.meter.QueryUsage;
import io.meterport.application.meter.UsageAnswer;
import io.meterport.domain.subject.SubjectKey;
import java.util.List;

/** Operators' questions about usage, of any subject. */
final class UsageRoutes {
    private static final String DIMENSION = "groupByKey";

    private final QueryUsage usage;
    private final FindMeters find;
    private final UsageAnswers answers;
    private final Gate queries;

    UsageRoutes(UseCases.Meters meters, UsageAnswers answers, Gate queries) {
        this.usage = meters.usage();
        this.find = meters.find();
        this.answers = answers;
        this.queries = queries;
    }

    List<Path> paths(Keys keys) {
        return List.of(
                Path.of(MeterRoutes.ONE + "/query")
                        .get(keys.with(Scope.QUERY, this::query))
                        .post(keys.with(Scope.QUERY, this::queryWithBody)),
                Path.of(MeterRoutes.ONE + "/subjects").get(keys.with(Scope.QUERY, this::subjects)),
                Path.of(MeterRoutes.ONE + "/group-by/{" + DIMENSION + "}/values")
                        .get(keys.with(Scope.QUERY, this::values)));
    }

    private Answer query(Exchange exchange, ApiKey key) {
        MeterName name = MeterRoutes.name(exchange);
        return answer(exchange, key, name, UsageParams.ofOperator(exchange.query()));
    }

    private Answer queryWithBody(Exchange exchange, ApiKey key) {
        MeterName name = MeterRoutes.name(exchange);
        return answer(exchange, key, name, UsageParams.ofBody(Bodies.json(exchange)));
    }

    private Answer answer(Exchange exchange, ApiKey key, MeterName name, UsageParams params) {
        boolean raw = CsvAnswers.areWantedRaw(exchange);
        UsageAnswer answer = queries.pass(() -> usage.ask(key.namespace(), name, params.request()));
        return answers.ofOperator(exchange, params, answer, raw);
    }

    private Answer subjects(Exchange exchange, ApiKey key) {
        MeterName name = MeterRoutes.name(exchange);
        Params params = new Params(exchange.query());
        var from = params.instant("from");
        var to = params.instant("to");
        List<SubjectKey> subjects =
                queries.pass(() -> find.subjects(key.namespace(), name, from, to));
        return Answers.array(subjects, (subject, json) -> json.value(subject.value()));
    }

    private Answer values(Exchange exchange, ApiKey key) {
        MeterName name = MeterRoutes.name(exchange);
        String dimension = exchange.pathValue(DIMENSION);
        Params params = new Params(exchange.query());
        var from = params.instant("from");
        var to = params.instant("to");
        List<String> values =
                queries.pass(() -> find.values(key.namespace(), name, dimension, from, to));
        return Answers.array(values, UsageRoutes::write);
    }

    private static void write(String value, JsonWriter json) {
        json.value(value);
    }
}
