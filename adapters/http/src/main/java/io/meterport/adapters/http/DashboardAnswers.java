package io.meterport.adapters.http;

import io.meterport.adapters.http.wire.Answer;
import io.meterport.adapters.http.wire.Exchange;
import io.meterport.application.dashboard.DashboardAnswer;
import io.meterport.application.dashboard.DashboardRequest;
import io.meterport.domain.subject.SubjectKey;
import java.time.LocalDate;

/** Answers with a usage page, in JSON, or in CSV to those who accept that and nothing else. */
final class DashboardAnswers {
    private static final String JSON = "application/json";

    private DashboardAnswers() {}

    /** In what form the answer is wanted; refuses a table of what does not fit into one. */
    static String mediaType(Exchange exchange, DashboardRequest request) {
        if (!CsvAnswers.areWanted(exchange)) {
            return JSON;
        }
        if (request.series().size() != 1) {
            throw Faults.of(Faults.BODY, "CSV has room for one meter; ask for each by itself.");
        }
        return CsvAnswers.TYPE;
    }

    /** For a token's holder. */
    static Answer of(String mediaType, DashboardAnswer page, SubjectKey subject) {
        return mediaType.equals(JSON)
                ? Answers.json(DashboardJson.of(page, subject))
                : CsvAnswers.of(new DashboardCsv(page), fileName(page), false);
    }

    /** For an operator, who may have cells as they are. */
    static Answer ofOperator(String mediaType, DashboardAnswer page, boolean raw) {
        return mediaType.equals(JSON)
                ? Answers.json(DashboardJson.of(page))
                : CsvAnswers.of(new DashboardCsv(page), fileName(page), raw);
    }

    /** Such as {@code tokens_2026-03-01_2026-03-31_America-New_York}; the last day is in it. */
    private static String fileName(DashboardAnswer page) {
        LocalDate from = LocalDate.ofInstant(page.period().start(), page.zone());
        LocalDate last = LocalDate.ofInstant(page.period().end().minusNanos(1), page.zone());
        String zone = Zones.name(page.zone()).replaceAll("[^A-Za-z0-9_+-]", "-");
        return page.meters().getFirst().meter().slug() + "_" + from + "_" + last + "_" + zone;
    }
}
