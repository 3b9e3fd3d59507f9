package io.meterport.adapters.sqlite.file;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The steps to today's layout of a file, each of them a script. */
final class Steps {
    /** In order; the place in the list, from 1, is the number of the layout that a step leads to. */
    static final List<String> ALL = List.of(
            "0001-begin.sql", "0002-runs.sql", "0003-subjects.sql", "0004-distinct-days.sql");

    private Steps() {}

    /** The statements of the step that leads to that layout. */
    static String text(int layout) {
        String step = ALL.get(layout - 1);
        try (InputStream resource = Steps.class.getResourceAsStream(step)) {
            if (resource == null) {
                throw new IllegalStateException("the program lacks its own file " + step);
            }
            return new String(resource.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
