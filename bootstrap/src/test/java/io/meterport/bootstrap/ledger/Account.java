package io.meterport.bootstrap.ledger;

import io.meterport.adapters.json.JsonReader;
import io.meterport.domain.event.Event;
import io.meterport.domain.event.EventKey;
import io.meterport.domain.event.EventType;
import io.meterport.domain.json.Json;
import io.meterport.domain.subject.SubjectKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** What a journal says, put in order. */
public final class Account {
    /**
     * Some events that were sent together.
     *
     * @param ackedAt when the sender knew that they were acknowledged; {@link Long#MAX_VALUE} if it
     *     never did
     */
    public record Batch(String name, String json, long sentAt, long ackedAt, List<Event> events) {}

    /**
     * A token that was made.
     *
     * @param revokingAt when its revocation was begun
     * @param revokedAt when that was known to be acknowledged; both {@link Long#MAX_VALUE} if not
     */
    public record Token(
            String id,
            String subject,
            String secret,
            long madeAt,
            long revokingAt,
            long revokedAt) {}

    /** That a token was used to ask, and what status the answer had. */
    public record Question(String token, long sentAt, int status) {}

    private static final long NEVER = Long.MAX_VALUE;

    private final List<Entry> entries;

    private Account(List<Entry> entries) {
        this.entries = List.copyOf(entries);
    }

    static Account read(Path path) {
        try (Stream<String> lines = Files.lines(path)) {
            return new Account(lines.map(Entry::of).toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All batches, in the order in which they were first sent. */
    public List<Batch> batches() {
        Map<String, NavigableSet<Long>> acked = times(Entry.Kind.ACKED);
        return of(Entry.Kind.SENT)
                .map(entry -> new Batch(
                        entry.key(),
                        entry.text(),
                        entry.nanos(),
                        after(acked, entry.key(), entry.nanos()),
                        events(entry.text())))
                .toList();
    }

    /** The events of these batches, of those with equal keys the first. */
    public static Collection<Event> events(List<Batch> batches, Predicate<Batch> these) {
        Map<EventKey, Event> byKey = new LinkedHashMap<>();
        batches.stream()
                .filter(these)
                .flatMap(batch -> batch.events().stream())
                .forEach(event -> byKey.putIfAbsent(event.key(), event));
        return byKey.values();
    }

    /** All tokens whose making was acknowledged. */
    public List<Token> tokens() {
        Map<String, NavigableSet<Long>> revoking = times(Entry.Kind.REVOKING);
        Map<String, NavigableSet<Long>> revoked = times(Entry.Kind.REVOKED);
        List<Token> tokens = new ArrayList<>();
        of(Entry.Kind.TOKEN).forEach(entry -> {
            String[] parts = entry.text().split(" ", 2);
            tokens.add(new Token(
                    entry.key(),
                    parts[0],
                    parts[1],
                    entry.nanos(),
                    earliest(revoking, entry, parts[0]),
                    earliest(revoked, entry, parts[0])));
        });
        return tokens;
    }

    /** All that was asked with tokens. */
    public List<Question> questions() {
        return of(Entry.Kind.ASKED)
                .map(entry ->
                        new Question(entry.key(), entry.nanos(), Integer.parseInt(entry.text())))
                .toList();
    }

    /** How often something failed and had to be tried again. */
    public long failures() {
        return of(Entry.Kind.FAILED).count();
    }

    /** Of the token itself, or of its subject after it was made. */
    private static long earliest(
            Map<String, NavigableSet<Long>> times, Entry token, String subject) {
        return Math.min(
                after(times, token.key(), token.nanos()),
                after(times, "subject:" + subject, token.nanos()));
    }

    private static long after(Map<String, NavigableSet<Long>> times, String key, long nanos) {
        return Optional.ofNullable(times.get(key)).map(all -> all.higher(nanos)).orElse(NEVER);
    }

    private Map<String, NavigableSet<Long>> times(Entry.Kind kind) {
        Map<String, NavigableSet<Long>> times = new LinkedHashMap<>();
        of(kind).forEach(entry ->
                times.computeIfAbsent(entry.key(), key -> new TreeSet<>()).add(entry.nanos()));
        return times;
    }

    private Stream<Entry> of(Entry.Kind kind) {
        return entries.stream().filter(entry -> entry.kind() == kind);
    }

    private static List<Event> events(String json) {
        Json.Arr array = (Json.Arr) JsonReader.read(json.getBytes(StandardCharsets.UTF_8));
        return array.items().stream().map(item -> event((Json.Obj) item)).toList();
    }

    private static Event event(Json.Obj json) {
        return new Event(
                new EventKey(text(json, "source"), text(json, "id")),
                new EventType(text(json, "type")),
                new SubjectKey(text(json, "subject")),
                Instant.parse(text(json, "time")),
                Optional.of((Json.Obj) json.get("data").orElseThrow()));
    }

    private static String text(Json.Obj json, String name) {
        return ((Json.Text) json.get(name).orElseThrow()).value();
    }
}
