package io.meterport.bootstrap.client;

import io.meterport.adapters.json.JsonPrinter;
import io.meterport.bootstrap.client.EventTexts.EventText;
import io.meterport.domain.json.Json;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** The few things that the demonstration asks of its own server, over HTTP like everybody. */
public final class ServerApi implements AutoCloseable {
    private final Server server;

    /**
     * @param url where the server listens
     * @param key an admin key; absent where none is needed
     */
    public ServerApi(String url, Optional<String> key) {
        this.server = new Server(url, key);
    }

    /** Creates that meter, unless there is one of its slug. */
    public void createMeter(String slug, Json.Obj meter) {
        if (server.get("/api/v1/meters/" + slug, "application/json").status() == 404) {
            server.post("/api/v1/meters", meter);
        }
    }

    /** Sends these events, and shows how far it is if somebody looks. */
    public void send(List<Json> events, PrintStream err, boolean terminal) {
        List<EventText> texts = texts(events);
        long total = texts.stream().mapToLong(text -> text.bytes().length).sum();
        Progress progress = new Progress(err, terminal, OptionalLong.of(total));
        Batches batches = new Batches(server, progress);
        long sent = 0;
        long bytes = 0;
        for (int i = 0; i < texts.size(); i += Batches.MOST_EVENTS) {
            List<EventText> batch =
                    texts.subList(i, Math.min(texts.size(), i + Batches.MOST_EVENTS));
            batches.send(batch);
            sent += batch.size();
            bytes += batch.stream().mapToLong(text -> text.bytes().length).sum();
            progress.sent(sent, bytes);
        }
        progress.done(sent);
    }

    /** Sends a few events and says nothing. */
    public void trickle(List<Json> events) {
        new Batches(server, Progress.silent()).send(texts(events));
    }

    /** Says how people call these subjects. */
    public void name(Map<String, String> subjects) {
        List<Json> all = new ArrayList<>();
        subjects.forEach((key, name) -> all.add(new Members()
                .with("key", Optional.of(key))
                .with("displayName", Optional.of(name))
                .json()));
        server.post("/api/v1/subjects", new Json.Arr(all));
    }

    /** The server's answer to a request for a portal token, with the token in it. */
    public Json createToken(Json.Obj request) {
        return server.post("/api/v1/portal/tokens", request).json();
    }

    /** The text of a token that {@link #createToken} gave. */
    public static String text(Json token) {
        return Fields.text(Fields.members(token), "token")
                .orElseThrow(() -> new CommandFailure("The server gave no token."));
    }

    @Override
    public void close() {
        server.close();
    }

    private static List<EventText> texts(List<Json> events) {
        List<EventText> texts = new ArrayList<>(events.size());
        for (Json event : events) {
            texts.add(new EventText(texts.size() + 1L, 1, JsonPrinter.bytes(event)));
        }
        return texts;
    }
}
