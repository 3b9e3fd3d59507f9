package io.meterport.adapters.sqlite.file;

import java.nio.file.Path;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.List;

/** How SQLite would answer a query. */
public final class QueryPlan {
    private QueryPlan() {}

    /** The tables that it would go through from end to end; those of few rows do not count. */
    public static List<String> scans(Path folder, String sql) throws Exception {
        List<String> scans = new ArrayList<>();
        try (DatabaseFile file = DatabaseFile.open(SqliteOptions.at(folder));
                Session session = file.writer();
                ResultSet row = session.prepare("explain query plan " + sql).executeQuery()) {
            while (row.next()) {
                String step = row.getString("detail");
                if (step.startsWith("SCAN")
                        && !step.matches(
                                "SCAN (CONSTANT ROW|revocation_head|event_run$|\\(subquery).*")) {
                    scans.add(step);
                }
            }
        }
        return scans;
    }
}
