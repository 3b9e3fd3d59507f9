package io.meterport.adapters.http;

import io.meterport.adapters.http.wire.Answer;
import io.meterport.adapters.http.wire.Exchange;
import io.meterport.adapters.http.wire.Path;
import io.meterport.application.access.ApiKey;
import io.meterport.application.access.Scope;
import io.meterport.application.subject.FindSubjects;
import io.meterport.application.subject.RegisterSubjects;
import java.util.List;

/** Registered subjects. */
final class SubjectRoutes {
    private static final String SUBJECT = "subjectIdOrKey";

    private final RegisterSubjects register;
    private final FindSubjects find;

    SubjectRoutes(UseCases.Subjects subjects) {
        this.register = subjects.register();
        this.find = subjects.find();
    }

    List<Path> paths(Keys keys) {
        return List.of(
                Path.of("/api/v1/subjects")
                        .get(keys.with(Scope.QUERY, this::list))
                        .post(keys.with(Scope.METERS, this::upsert)),
                Path.of("/api/v1/subjects/{" + SUBJECT + "}")
                        .get(keys.with(Scope.QUERY, this::get))
                        .with("DELETE", keys.with(Scope.METERS, this::delete)));
    }

    private Answer list(Exchange exchange, ApiKey key) {
        return Answers.array(find.all(key.namespace()), SubjectJson::write);
    }

    private Answer upsert(Exchange exchange, ApiKey key) {
        var drafts = SubjectParams.drafts(Bodies.json(exchange));
        return Answers.array(register.upsert(key.namespace(), drafts), SubjectJson::write);
    }

    private Answer get(Exchange exchange, ApiKey key) {
        return Answers.one(
                find.named(key.namespace(), exchange.pathValue(SUBJECT)), SubjectJson::write);
    }

    private Answer delete(Exchange exchange, ApiKey key) {
        register.delete(key.namespace(), exchange.pathValue(SUBJECT));
        return Answer.noContent();
    }
}
