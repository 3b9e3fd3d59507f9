package io.meterport.adapters.http;

import io.meterport.adapters.http.wire.Answer;
import io.meterport.adapters.http.wire.Exchange;
import io.meterport.application.meter.UsageAnswer;
import io.meterport.application.subject.FindSubjects;
import io.meterport.domain.subject.SubjectKey;
import io.meterport.domain.usage.UsageRow;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Answers with usage, in JSON, or in CSV to those who accept that and nothing else. */
final class UsageAnswers {
    private final FindSubjects subjects;

    UsageAnswers(FindSubjects subjects) {
        this.subjects = subjects;
    }

    /** For holders of portal tokens. */
    Answer of(Exchange exchange, UsageParams params, UsageAnswer answer) {
        return CsvAnswers.areWanted(exchange)
                ? csv(params, answer, false)
                : Answers.json(UsageJson.of(params, answer));
    }

    /** For operators, who may have cells as they are. */
    Answer ofOperator(Exchange exchange, UsageParams params, UsageAnswer answer, boolean raw) {
        return CsvAnswers.areWanted(exchange)
                ? csv(params, answer, raw)
                : Answers.json(UsageJson.of(params, answer));
    }

    /** In what form the answer is wanted. */
    String mediaType(Exchange exchange) {
        return CsvAnswers.areWanted(exchange) ? CsvAnswers.TYPE : "application/json";
    }

    private Answer csv(UsageParams params, UsageAnswer answer, boolean raw) {
        String slug = answer.query().meter().slug().value();
        UsageCsv table = new UsageCsv(answer, params.zone(), displayNames(answer));
        return CsvAnswers.of(table, slug, raw);
    }

    private Map<SubjectKey, String> displayNames(UsageAnswer answer) {
        Set<SubjectKey> keys = new LinkedHashSet<>();
        answer.rows().stream().map(UsageRow::subject).flatMap(Optional::stream).forEach(keys::add);
        return keys.isEmpty()
                ? Map.of()
                : subjects.displayNames(answer.query().meter().namespace(), keys);
    }
}
