package io.meterport.adapters.http;

import io.meterport.adapters.http.wire.QueryText;
import io.meterport.adapters.json.JsonPrinter;
import io.meterport.adapters.json.JsonReader;
import io.meterport.domain.event.Event;
import io.meterport.domain.json.Json;
import io.meterport.domain.meter.PropertyPath;
import io.meterport.domain.portal.TokenSecret;
import io.meterport.domain.problem.Problem;
import io.meterport.domain.problem.ProblemException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What reads bytes of strangers, and what has to hold whatever they are: it refuses them as invalid,
 * or what it made of them is sound. Anything else is thrown, for Jazzer and for the replay to see.
 */
enum FuzzTarget {
    /** The reader of JSON: what it reads it can print, and reads as the same again. */
    JSON {
        @Override
        void feed(byte[] input) {
            String printed = JsonPrinter.text(JsonReader.read(input));
            String again =
                    JsonPrinter.text(JsonReader.read(printed.getBytes(StandardCharsets.UTF_8)));
            require(again.equals(printed), "JSON is not read as it was printed");
        }
    },
    /** The reader of events. */
    EVENT {
        @Override
        void feed(byte[] input) {
            Event event = CloudEventJson.read(JsonReader.read(input), NOW, "");
            require(event.time().isAfter(Instant.EPOCH), "an event from before time");
            require(event.key().id().length() <= 2 * 256, "an id that is too long");
        }
    },
    /** The reader of property paths; a path can be written down and looked up. */
    PATH {
        @Override
        void feed(byte[] input) {
            PropertyPath path = PropertyPath.of(text(input));
            require(path.steps().size() <= 32, "a path of too many steps");
            require(
                    PropertyPath.of(path.toString()).steps().equals(path.steps()),
                    "a path is not read as it was written");
            require(path.find(NESTED).isPresent() || path.find(NESTED).isEmpty(), "no answer");
        }
    },
    /** The reader of tokens: only the one text that it was made with is one. */
    TOKEN {
        @Override
        void feed(byte[] input) {
            String text = text(input);
            for (TokenSecret.Kind kind : TokenSecret.Kind.values()) {
                TokenSecret.parse(kind, text)
                        .ifPresent(token ->
                                require(token.text().equals(text), "a second spelling of a token"));
            }
        }
    },
    /** The readers of questions in addresses. */
    QUERY {
        @Override
        void feed(byte[] input) {
            String raw = new String(input, StandardCharsets.ISO_8859_1);
            List<Runnable> readers = List.of(
                    () -> UsageParams.ofPortal(QueryText.query(raw)),
                    () -> UsageParams.ofOperator(QueryText.query(raw)),
                    () -> EventParams.recent(QueryText.query(raw)));
            readers.forEach(FuzzTarget::tolerate);
        }
    },
    /** The printer of CSV: cells come back as they were, and none of them is a formula. */
    CSV {
        @Override
        void feed(byte[] input) {
            List<String> cells = List.of(text(input).split("\u0001", -1));
            List<String> read = cells(csv(cells, false));
            require(read.size() == cells.size(), "cells were lost or made");
            for (int i = 0; i < cells.size(); i++) {
                String cell = read.get(i);
                require(
                        cell.equals(cells.get(i)) || cell.equals("'" + cells.get(i)),
                        "a cell has changed");
                require(
                        cell.isEmpty() || !"=+-@\t\r\n".contains(cell.substring(0, 1)),
                        "a formula");
            }
            require(cells(csv(cells, true)).equals(cells), "a raw cell has changed");
        }
    };

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final Json.Obj NESTED = (Json.Obj) JsonReader.read(
            "{\"a\":{\"b\":[1,{\"c\":null}]},\"\":{}}".getBytes(StandardCharsets.UTF_8));

    /**
     * Takes one input.
     *
     * @throws ProblemException if it is refused; {@link #take} says whether that is in order
     */
    abstract void feed(byte[] input);

    /** Takes one input, whatever it is. */
    void take(byte[] input) {
        tolerate(() -> feed(input));
    }

    /** The file that its inputs are kept in, a line of base64 each. */
    String file() {
        return name().toLowerCase(Locale.ROOT) + ".txt";
    }

    private static void tolerate(Runnable reader) {
        try {
            reader.run();
        } catch (ProblemException e) {
            require(e.problem() instanceof Problem.Invalid, "refused, but not as invalid");
        }
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new AssertionError(otherwise);
        }
    }

    private static String text(byte[] input) {
        return new String(input, StandardCharsets.UTF_8);
    }

    private static String csv(List<String> cells, boolean raw) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        CsvText csv = new CsvText(out, raw);
        try {
            for (int i = 0; i < cells.size(); i++) {
                csv.plain(i == 0 ? "" : ",").cell(cells.get(i));
            }
            csv.endLine();
            csv.finish();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toString(StandardCharsets.UTF_8);
    }

    /** The cells of one record, by RFC 4180; written without a look at the printer. */
    private static List<String> cells(String csv) {
        List<String> cells = new ArrayList<>();
        StringBuilder cell = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < csv.length() - 1; i++) {
            char c = csv.charAt(i);
            if (quoted && c == '"' && csv.charAt(i + 1) == '"') {
                cell.append('"');
                i++;
            } else if (c == '"' && (quoted || cell.isEmpty())) {
                quoted = !quoted;
            } else if (c == ',' && !quoted) {
                cells.add(cell.toString());
                cell.setLength(0);
            } else {
                require(
                        quoted || (c != '\n' && c != '\r' && c != '"'),
                        "a cell without its quotes");
                cell.append(c);
            }
        }
        cells.add(cell.toString());
        return cells;
    }
}
