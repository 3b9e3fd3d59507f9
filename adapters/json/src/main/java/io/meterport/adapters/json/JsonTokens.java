package io.meterport.adapters.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import io.meterport.domain.json.Json;
import io.meterport.domain.problem.Problem;
import io.meterport.domain.problem.ProblemException;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The tokens of one document, and the rules that all our JSON obeys. Each failure of the text is a
 * problem that names a reason and a place; a failure of the source is an {@link
 * UncheckedIOException}.
 */
final class JsonTokens implements AutoCloseable {
    /** Names are not remembered between documents: nobody can fill that memory. */
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .disable(StreamReadFeature.AUTO_CLOSE_SOURCE)
            .recyclerPool(JsonRecyclerPools.newConcurrentDequePool())
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(JsonReader.MOST_DEPTH + 1)
                    .maxStringLength(JsonReader.MOST_TEXT)
                    .maxNameLength(JsonReader.MOST_NAME)
                    .maxNumberLength(JsonNumber.MOST_CHARACTERS)
                    .build())
            .build();

    private final String what;
    private final JsonParser parser;

    /** Reads from {@code source}, which stays open; {@code what} begins each problem's sentence. */
    JsonTokens(String what, Reader source) {
        this.what = what;
        try {
            this.parser = FACTORY.createParser(source);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Steps to the first token of the document. */
    JsonToken first() {
        JsonToken token = next();
        if (token == null) {
            throw new ProblemException(
                    new Problem.Invalid("invalid-json", what + " is not valid JSON: it is empty."));
        }
        return token;
    }

    /** Steps to the next token; null after the last. */
    JsonToken next() {
        try {
            return parser.nextToken();
        } catch (IOException e) {
            throw failure(e);
        }
    }

    /** Steps behind the document, where nothing may follow. */
    void end() {
        if (next() != null) {
            throw refusal("more follows after its end", parser.currentTokenLocation());
        }
    }

    /** The value that begins with the token stepped to; steps to its last token. */
    Json value(int depth) {
        try {
            return read(depth);
        } catch (IOException e) {
            throw failure(e);
        }
    }

    @Override
    public void close() {
        try {
            parser.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Json read(int depth) throws IOException {
        return switch (parser.currentToken()) {
            case START_OBJECT -> object(depth + 1);
            case START_ARRAY -> array(depth + 1);
            case VALUE_STRING -> new Json.Text(text(parser.getText()));
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new Json.Num(number());
            case VALUE_TRUE -> new Json.Bool(true);
            case VALUE_FALSE -> new Json.Bool(false);
            case VALUE_NULL -> new Json.Nil();
            case END_OBJECT, END_ARRAY, FIELD_NAME, VALUE_EMBEDDED_OBJECT, NOT_AVAILABLE ->
                throw new IllegalStateException("no value begins with " + parser.currentToken());
        };
    }

    private Json.Obj object(int depth) throws IOException {
        require(depth <= JsonReader.MOST_DEPTH, "it is nested too deeply");
        Map<String, Json> members = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = text(parser.currentName());
            require(name.length() <= JsonReader.MOST_NAME, "a member name is too long");
            require(!members.containsKey(name), "a member name is repeated");
            parser.nextToken();
            members.put(name, read(depth));
        }
        return new Json.Obj(members);
    }

    private Json.Arr array(int depth) throws IOException {
        require(depth <= JsonReader.MOST_DEPTH, "it is nested too deeply");
        List<Json> items = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            items.add(read(depth));
        }
        return new Json.Arr(items);
    }

    private String text(String text) {
        require(text.length() <= JsonReader.MOST_TEXT, "a string is too long");
        for (int i = 0; i < text.length(); i++) {
            char unit = text.charAt(i);
            if (Character.isSurrogate(unit)) {
                require(
                        Character.isHighSurrogate(unit)
                                && i + 1 < text.length()
                                && Character.isLowSurrogate(text.charAt(i + 1)),
                        "half of a surrogate pair stands alone");
                i++;
            }
        }
        return text;
    }

    private BigDecimal number() throws IOException {
        return JsonNumber.of(
                        parser.getTextCharacters(), parser.getTextOffset(), parser.getTextLength())
                .orElseThrow(() -> refusal(
                        "a number has more than 40 significant digits or an exponent beyond 100",
                        parser.currentTokenLocation()));
    }

    private void require(boolean condition, String reason) {
        if (!condition) {
            throw refusal(reason, parser.currentTokenLocation());
        }
    }

    private RuntimeException failure(IOException e) {
        return switch (e) {
            case JsonEOFException early -> refusal("it ends too early", early.getLocation());
            case StreamConstraintsException ignored ->
                refusal("a name, string or number is too long", parser.currentLocation());
            case JsonProcessingException wrong ->
                refusal("it is not well-formed", wrong.getLocation());
            case CharacterCodingException ignored ->
                new ProblemException(new Problem.Invalid(
                        "invalid-json", what + " is not valid JSON: it is not UTF-8."));
            default -> new UncheckedIOException(e);
        };
    }

    private ProblemException refusal(String reason, JsonLocation place) {
        return new ProblemException(new Problem.Invalid(
                "invalid-json",
                what + " is not valid JSON: " + reason + " at line " + place.getLineNr()
                        + ", column " + place.getColumnNr() + "."));
    }
}
