package io.meterport.adapters.http;

import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.meterport.adapters.http.wire.Answer;
import io.meterport.adapters.http.wire.Exchange;
import io.meterport.application.meter.UsageAnswer;
import io.meterport.application.subject.FindSubjects;
import io.meterport.domain.subject.SubjectKey;
import io.meterport.domain.usage.UsageRow;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Answers with usage, in JSON, or in CSV to those who accept that and nothing else. */
final class UsageAnswers {
    private static final String CSV = "text/csv";
    private static final Header CSV_TYPE = HeaderValues.createCached(HeaderNames.CONTENT_TYPE, CSV);
    private static final Header SANDBOX =
            HeaderValues.createCached("Content-Security-Policy", "sandbox");

    private final FindSubjects subjects;

    UsageAnswers(FindSubjects subjects) {
        this.subjects = subjects;
    }

    Answer of(Exchange exchange, UsageParams params, UsageAnswer answer) {
        return wantsCsv(exchange.headers(HeaderNames.ACCEPT))
                ? csv(params, answer)
                : Answers.json(UsageJson.of(params, answer));
    }

    /** In what form the answer is wanted. */
    String mediaType(Exchange exchange) {
        return wantsCsv(exchange.headers(HeaderNames.ACCEPT)) ? CSV : "application/json";
    }

    private Answer csv(UsageParams params, UsageAnswer answer) {
        String slug = answer.query().meter().slug().value();
        return csv(UsageCsv.of(answer, params.zone(), displayNames(answer)), slug);
    }

    /** A file to be kept and not to be shown; its name needs no quotes. */
    static Answer csv(byte[] text, String name) {
        return Answer.of(CSV_TYPE, text)
                .with(HeaderNames.CONTENT_DISPOSITION, "attachment; filename=" + name + ".csv")
                .with(SANDBOX);
    }

    private Map<SubjectKey, String> displayNames(UsageAnswer answer) {
        Set<SubjectKey> keys = new LinkedHashSet<>();
        answer.rows().stream().map(UsageRow::subject).flatMap(Optional::stream).forEach(keys::add);
        return keys.isEmpty()
                ? Map.of()
                : subjects.displayNames(answer.query().meter().namespace(), keys);
    }

    /** One header with one media type; a quality of zero means that it is not wanted. */
    static boolean wantsCsv(List<String> accept) {
        if (accept.size() != 1) {
            return false;
        }
        String type = accept.getFirst().strip().toLowerCase(Locale.ROOT);
        return type.equals(CSV)
                || (type.startsWith(CSV)
                        && type.substring(CSV.length()).stripLeading().startsWith(";")
                        && type.indexOf(',') < 0
                        && !type.matches(".*;\\s*q=0(?:\\.0*)?\\s*(?:;.*)?"));
    }
}
