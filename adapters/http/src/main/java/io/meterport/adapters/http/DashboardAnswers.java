package io.meterport.adapters.http;

import io.helidon.http.HeaderNames;
import io.meterport.adapters.http.wire.Answer;
import io.meterport.adapters.http.wire.Exchange;
import io.meterport.application.dashboard.DashboardAnswer;
import io.meterport.domain.subject.SubjectKey;
import java.time.LocalDate;

/** Answers with a usage page, in JSON, or in CSV to those who accept that and nothing else. */
final class DashboardAnswers {
    private static final String CSV = "text/csv";
    private static final String JSON = "application/json";

    /** In what form the answer is wanted. */
    String mediaType(Exchange exchange) {
        return UsageAnswers.wantsCsv(exchange.headers(HeaderNames.ACCEPT)) ? CSV : JSON;
    }

    Answer of(Exchange exchange, DashboardAnswer page, SubjectKey subject) {
        return mediaType(exchange).equals(CSV)
                ? csv(page, subject)
                : Answers.json(DashboardJson.of(page, subject));
    }

    private static Answer csv(DashboardAnswer page, SubjectKey subject) {
        if (page.meters().size() != 1) {
            throw Faults.of(Faults.BODY, "CSV has room for one meter; ask for each by itself.");
        }
        return UsageAnswers.csv(DashboardCsv.of(page, subject), fileName(page));
    }

    /** Such as {@code tokens_2026-03-01_2026-03-31_America-New_York.csv}; the last day is in it. */
    private static String fileName(DashboardAnswer page) {
        LocalDate from = LocalDate.ofInstant(page.period().start(), page.zone());
        LocalDate last = LocalDate.ofInstant(page.period().end().minusNanos(1), page.zone());
        String zone = Zones.name(page.zone()).replaceAll("[^A-Za-z0-9_+-]", "-");
        return page.meters().getFirst().meter().slug() + "_" + from + "_" + last + "_" + zone;
    }
}
