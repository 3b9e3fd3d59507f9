package io.meterport.bootstrap;

import static io.meterport.bootstrap.Api.BATCH;
import static org.assertj.core.api.Assertions.assertThat;

import io.meterport.adapters.json.JsonWriter;
import io.meterport.application.Threat;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A table of usage is opened by somebody's spreadsheet, or taken apart by somebody's program. */
class ThreatsDTest {
    private static final String QUERY = "/api/v1/meters/tokens/query?groupBy=model";
    private static final List<String> FORMULAS = List.of(
            "=1+1",
            "=cmd|'/C calc'!A0",
            "+1",
            "-1",
            "-2+3+cmd|' /C calc'!A0",
            "@SUM(A1)",
            "\t=1",
            "\r=1",
            "\n=1",
            "\uff1d1",
            "\uff0b1",
            "\uff0d1",
            "\uff201",
            "=\"a\"\"b\"",
            "=1,2");
    private static final List<String> ODD = List.of(
            "plain",
            "",
            " leading",
            "trailing ",
            "a,b",
            "a;b",
            "a\"b",
            "\"",
            "\"\"",
            "a\nb",
            "a\r\nb",
            "a\rb",
            "\ufeffbom",
            "line\u2028separator",
            "\ud83d\ude00",
            "'quoted'",
            "a=1",
            "1-1");

    @TempDir
    private static Path data;

    private static TestApp app;

    @BeforeAll
    static void fill() {
        app = TestApp.start(data);
        app.admin().post("/api/v1/meters", """
                {"slug":"tokens","aggregation":"COUNT","eventType":"prompt",\
                "groupBy":{"model":"$.model"}}""");
        JsonWriter batch = JsonWriter.plain().beginArray();
        int id = 0;
        for (List<String> values : List.of(FORMULAS, ODD)) {
            for (String value : values) {
                batch.beginObject()
                        .name("specversion")
                        .value("1.0")
                        .name("id")
                        .value("e" + id++)
                        .name("source")
                        .value("test")
                        .name("type")
                        .value("prompt")
                        .name("subject")
                        .value("acme")
                        .name("time")
                        .value("2026-03-05T10:00:00Z")
                        .name("data")
                        .beginObject()
                        .name("model")
                        .value(value)
                        .endObject()
                        .endObject();
            }
        }
        String body = new String(batch.endArray().toBytes(), StandardCharsets.UTF_8);
        assertThat(app.admin().ingest(BATCH, body).status()).isEqualTo(204);
    }

    @AfterAll
    static void stop() {
        app.close();
    }

    @Threat("D1")
    @Test
    void noCellBeginsAsAFormulaDoes() {
        List<List<String>> rows = parsed(app.admin().csv(QUERY).body());

        assertThat(rows).hasSize(1 + FORMULAS.size() + ODD.size());
        for (List<String> row : rows.subList(1, rows.size())) {
            String cell = row.get(2);
            assertThat(cell.isEmpty()
                            || "=+-@\t\r\n\uff1d\uff0b\uff0d\uff20".indexOf(cell.charAt(0)) < 0)
                    .as(cell)
                    .isTrue();
            assertThat(row.get(3)).as("numbers are left alone").isEqualTo("1");
        }
        for (String formula : FORMULAS) {
            assertThat(rows).extracting(row -> row.get(2)).contains("'" + formula);
        }
    }

    @Threat({"D1", "D2"})
    @Test
    void programsGetEveryCellAsItWasWhateverParserTheyHave() throws Exception {
        String csv = app.admin().csv(QUERY + "&csvRaw=true").body();
        Set<String> sent = new TreeSet<>(FORMULAS);
        sent.addAll(ODD);

        Set<String> ours = new TreeSet<>();
        parsed(csv).stream().skip(1).forEach(row -> ours.add(row.get(2)));

        assertThat(ours).isEqualTo(sent);
        assertThat(inDuckDb(csv)).isEqualTo(sent);
    }

    @Threat("D3")
    @Test
    void theNameOfAFileHasAFixedShape() {
        String name = app.admin().csv(QUERY).header("Content-Disposition");
        Reply page =
                app.portal("acme").call("POST", "/api/v1/portal/query", "Accept", "text/csv", "");

        assertThat(name).isEqualTo("attachment; filename=tokens.csv");
        assertThat(page.status()).as("without a question").isEqualTo(400);
        assertThat(app.admin().csv("/api/v1/meters/x%22%0d%0ay/query").status()).isIn(400, 404);
    }

    @Threat("D5")
    @Test
    void onlyCsvAloneAsksForCsv() {
        String huge = "text/csv" + ", a/b".repeat(1_000);
        for (String accept : List.of(
                "text/csv;q=0, application/json",
                "*/*",
                "text/*",
                "text/csv, application/json",
                "text/csv;q=0.0",
                "garbage",
                "/",
                ";",
                huge)) {
            Reply reply = app.admin().call("GET", QUERY, "Accept", accept, "");

            assertThat(reply.status()).isEqualTo(200);
            assertThat(reply.header("Content-Type")).isEqualTo("application/json");
        }
    }

    /** A second reader of RFC 4180, by people who know nothing of us. */
    private static Set<String> inDuckDb(String csv) throws IOException, SQLException {
        Path file = Files.writeString(data.resolve("table.csv"), csv);
        Set<String> cells = new TreeSet<>();
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select model from read_csv('" + file
                        + "', header = true, all_varchar = true, delim = ',', quote = '\"',"
                        + " escape = '\"', new_line = '\\n', nullstr = 'no such text',"
                        + " auto_detect = false, columns = {'window_start': 'varchar',"
                        + " 'window_end': 'varchar', 'model': 'varchar', 'value': 'varchar'})")) {
            while (row.next()) {
                cells.add(row.getString(1));
            }
        }
        return cells;
    }

    /** RFC 4180 to the letter: quotes only around whole cells, doubled inside. */
    private static List<List<String>> parsed(String csv) {
        List<List<String>> rows = new ArrayList<>();
        List<String> row = new ArrayList<>();
        int at = 0;
        while (at < csv.length()) {
            StringBuilder cell = new StringBuilder();
            if (csv.charAt(at) == '"') {
                at++;
                while (csv.charAt(at) != '"'
                        || (at + 1 < csv.length() && csv.charAt(at + 1) == '"')) {
                    at += csv.charAt(at) == '"' ? 1 : 0;
                    cell.append(csv.charAt(at++));
                }
                at++;
            } else {
                while (csv.charAt(at) != ',' && csv.charAt(at) != '\n') {
                    assertThat(csv.charAt(at)).isNotIn('"', '\r');
                    cell.append(csv.charAt(at++));
                }
            }
            row.add(cell.toString());
            if (csv.charAt(at) == '\n') {
                rows.add(row);
                row = new ArrayList<>();
            } else {
                assertThat(csv.charAt(at)).isEqualTo(',');
            }
            at++;
        }
        return rows;
    }
}
