package io.meterport.adapters.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.OffsetDateTime;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 3339, section 5.6, with capital letters and seconds required. */
final class Rfc3339Test {
    @ParameterizedTest
    @CsvSource({
        "2026-01-02T03:04:05Z, 2026-01-02T03:04:05Z",
        "2026-12-31T23:59:59+00:00, 2026-12-31T23:59:59Z",
        "0001-01-01T00:00:00-00:00, 0001-01-01T00:00:00Z",
        "2024-02-29T00:00:00.5Z, 2024-02-29T00:00:00.5Z",
        "2026-01-02T03:04:05.000001+05:45, 2026-01-02T03:04:05.000001+05:45",
        "2026-01-02T03:04:05.123456789-18:00, 2026-01-02T03:04:05.123456-18:00",
        "2026-01-02T03:04:05.9999999+18:00, 2026-01-02T03:04:05.999999+18:00",
        "2026-01-02T03:04:05.1234567890123456789012345678901234567890123456789012345678901234Z,"
                + " 2026-01-02T03:04:05.123456Z",
    })
    void aTimeIsReadToTheMicrosecond(String text, OffsetDateTime expected) {
        assertThat(Rfc3339.parse(text)).contains(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Z",
                "2026-01-02",
                "2026-01-02T03:04Z",
                "2026-01-02T03:04:05",
                "2026-01-02 03:04:05Z",
                "2026-01-02t03:04:05Z",
                "2026-01-02T03:04:05z",
                "2026-1-2T03:04:05Z",
                "+2026-01-02T03:04:05Z",
                "2026-01-02T03:04:05.Z",
                "2026-01-02T03:04:05,5Z",
                "2026-01-02T03:04:05Z ",
                " 2026-01-02T03:04:05Z",
                "2026-01-02T03:04:05+0545",
                "2026-01-02T03:04:05+05",
                "2026-01-02T03:04:05+05:60",
                "2026-01-02T03:04:05+18:01",
                "2026-01-02T03:04:05-99:00",
                "2026-01-02T03:04:05*05:00",
                "2026-01-02T03:04:05+05:00Z",
                "2026-02-30T03:04:05Z",
                "2025-02-29T03:04:05Z",
                "2026-13-02T03:04:05Z",
                "2026-00-02T03:04:05Z",
                "2026-01-02T24:00:00Z",
                "2026-01-02T03:60:05Z",
                "2026-01-02T03:04:60Z",
                "2026-01-02T03:04:05.12345678901234567890123456789012345678901234567890123456789012345Z",
                "\u0662\u0660\u0662\u0666-01-02T03:04:05Z",
                "2026-01-02T03:04:05.\u0661Z",
            })
    void whatIsNoSuchTimeIsNone(String text) {
        assertThat(Rfc3339.parse(text)).isEmpty();
    }
}
