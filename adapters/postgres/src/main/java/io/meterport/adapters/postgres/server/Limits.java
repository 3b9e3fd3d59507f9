package io.meterport.adapters.postgres.server;

import java.time.Duration;

/** What a transaction is allowed, as statements that hold for this one transaction only. */
final class Limits {
    /** A node that stands still holds up the others for so long, and then its transaction is undone. */
    private static final Duration MOST_IDLE = Duration.ofSeconds(5);

    private Limits() {}

    /** Committed means on the disk, whatever the server's own default is. */
    static String ofWriting(PostgresOptions options) {
        return "select set_config('statement_timeout', '"
                + options.writeTimeout().toMillis()
                + "', true), set_config('lock_timeout', '"
                + options.writeTimeout().toMillis()
                + "', true), set_config('idle_in_transaction_session_timeout', '"
                + MOST_IDLE.toMillis() + "', true), set_config('synchronous_commit',"
                + " case current_setting('synchronous_commit') when 'off' then 'on'"
                + " else current_setting('synchronous_commit') end, true)";
    }

    static String ofReading(PostgresOptions options) {
        return "select set_config('statement_timeout', '"
                + options.queryTimeout().toMillis()
                + "', true), set_config('idle_in_transaction_session_timeout', '"
                + MOST_IDLE.toMillis() + "', true)";
    }

    static String none() {
        return "select set_config('statement_timeout', '0', true),"
                + " set_config('idle_in_transaction_session_timeout', '0', true)";
    }
}
