package io.meterport.bootstrap.client;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/** Rows under headers, in columns. Control characters become {@code ?}: cells hold others' words. */
public final class Table {
    private static final int MOST_WIDTH = 80;

    private final List<List<String>> rows = new ArrayList<>();
    private final List<Boolean> rightAligned;

    /**
     * @param numbers those of the headers under which cells stand to the right
     */
    public Table(List<String> headers, List<String> numbers) {
        rows.add(headers);
        rightAligned = headers.stream().map(numbers::contains).toList();
    }

    /** Adds a row of as many cells as there are headers. */
    public void add(List<String> cells) {
        rows.add(cells.stream().map(Table::plain).toList());
    }

    /** Prints all rows. */
    public void print(PrintStream out) {
        int[] widths = new int[rightAligned.size()];
        for (List<String> row : rows) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        }
        rows.forEach(row -> out.println(line(row, widths)));
    }

    private String line(List<String> row, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
            String padding = " ".repeat(widths[i] - row.get(i).length());
            line.append(rightAligned.get(i) ? padding + row.get(i) : row.get(i) + padding)
                    .append("  ");
        }
        return line.toString().stripTrailing();
    }

    private static String plain(String text) {
        String plain = text.replaceAll("\\p{Cntrl}|\\p{Cf}|\\p{Zl}|\\p{Zp}", "?");
        return plain.length() <= MOST_WIDTH ? plain : plain.substring(0, MOST_WIDTH - 1) + "…";
    }
}
