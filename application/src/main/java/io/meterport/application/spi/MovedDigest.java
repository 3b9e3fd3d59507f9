package io.meterport.application.spi;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What was moved, in short: of each table the number of its rows, and the sum of the SHA-256 of each
 * row, which does not depend on their order. Not thread-safe.
 */
public final class MovedDigest implements MovedRows {
    private static final int WORDS = 4;

    /**
     * That of one table.
     *
     * @param digest 64 hexadecimal digits
     */
    public record OfTable(long rows, String digest) {
        static final OfTable NONE = new OfTable(0, "0".repeat(2 * WORDS * Long.BYTES));
    }

    private static final class Sum {
        private final long[] words = new long[WORDS];
        private long rows;
    }

    private final MessageDigest sha256 = sha256();
    private final Map<MovedTable, Sum> sums = new EnumMap<>(MovedTable.class);

    @Override
    public void add(MovedTable table, List<Optional<String>> cells) {
        if (cells.size() != table.columns().size()) {
            throw new IllegalArgumentException(
                    "a row of " + table + " has " + cells.size() + " cells");
        }
        for (Optional<String> cell : cells) {
            put(cell);
        }
        ByteBuffer digest = ByteBuffer.wrap(sha256.digest());
        Sum sum = sums.computeIfAbsent(table, missing -> new Sum());
        sum.rows++;
        for (int i = 0; i < WORDS; i++) {
            sum.words[i] += digest.getLong();
        }
    }

    /** That of one table so far. */
    public OfTable of(MovedTable table) {
        Sum sum = sums.get(table);
        if (sum == null) {
            return OfTable.NONE;
        }
        ByteBuffer bytes = ByteBuffer.allocate(WORDS * Long.BYTES);
        for (long word : sum.words) {
            bytes.putLong(word);
        }
        return new OfTable(sum.rows, HexFormat.of().formatHex(bytes.array()));
    }

    /** The first table of which the other says something else; empty if there is none. */
    public Optional<MovedTable> differsFrom(MovedDigest other) {
        for (MovedTable table : MovedTable.values()) {
            if (!of(table).equals(other.of(table))) {
                return Optional.of(table);
            }
        }
        return Optional.empty();
    }

    /** Each cell with its length, so that it matters where they are cut; none is not empty. */
    private void put(Optional<String> cell) {
        byte[] bytes = cell.orElse("").getBytes(StandardCharsets.UTF_8);
        int length = cell.isPresent() ? bytes.length : -1;
        sha256.update(ByteBuffer.allocate(Integer.BYTES).putInt(length).flip());
        sha256.update(bytes);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
