package io.meterport.bootstrap.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Random;

/**
 * What the machine and SQLite could do at most for somebody who stores events: the same bytes and
 * the same syncs, but no HTTP, no JSON, no dedupe, no sums and no index. One thread.
 */
final class RawLimits {
    private static final int BATCH = 1_000;
    private static final int BYTES = 430;
    private static final int PAGE = 4_096;

    private RawLimits() {}

    /** Rows a second into a table like the product's, in transactions of 1,000, synced each. */
    static double rowsPerSecond(Path folder, Duration time) throws SQLException {
        String url = "jdbc:sqlite:" + folder.resolve("raw.db");
        try (Connection connection = DriverManager.getConnection(url);
                Statement direct = connection.createStatement()) {
            direct.execute("pragma journal_mode = wal");
            direct.execute("pragma synchronous = full");
            direct.execute("""
                    create table event (id integer primary key, series integer, time integer,
                        source integer, name text, data blob, ingested integer, stored integer,
                        sum integer) strict""");
            connection.setAutoCommit(false);
            return rows(connection, time);
        }
    }

    private static double rows(Connection connection, Duration time) throws SQLException {
        Random random = new Random(1);
        byte[] data = new byte[BYTES];
        random.nextBytes(data);
        long rows = 0;
        long start = System.nanoTime();
        try (PreparedStatement insert = connection.prepareStatement("""
                insert into event (series, time, source, name, data, ingested, stored, sum)
                values (?, ?, ?, ?, ?, ?, ?, ?)""")) {
            while (System.nanoTime() - start < time.toNanos()) {
                for (int i = 0; i < BATCH; i++) {
                    insert.setLong(1, random.nextInt(Workload.SUBJECTS));
                    insert.setLong(2, start + rows);
                    insert.setLong(3, i % 8);
                    insert.setString(4, Long.toHexString(random.nextLong()));
                    insert.setBytes(5, data);
                    insert.setLong(6, start);
                    insert.setLong(7, start);
                    insert.setLong(8, random.nextLong());
                    insert.addBatch();
                }
                insert.executeBatch();
                connection.commit();
                rows += BATCH;
            }
        }
        return rows / ((System.nanoTime() - start) / 1e9);
    }

    /** How often a second four KiB can be appended to a file and synced. */
    static double syncsPerSecond(Path folder, Duration time) throws IOException {
        ByteBuffer page = ByteBuffer.allocate(PAGE);
        long syncs = 0;
        try (FileChannel file = FileChannel.open(
                folder.resolve("raw.sync"),
                StandardOpenOption.CREATE_NEW,
                StandardOpenOption.WRITE)) {
            long start = System.nanoTime();
            while (System.nanoTime() - start < time.toNanos()) {
                file.write(page.rewind());
                file.force(false);
                syncs++;
            }
            return syncs / ((System.nanoTime() - start) / 1e9);
        }
    }
}
