package io.meterport.adapters.http;

import io.meterport.adapters.json.JsonWriter;
import io.meterport.application.portal.Notice;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Writes notices as server-sent events; each is on its way when the method returns. */
final class NoticeWriter {
    private static final String RETRY = "retry: 3000\n\n";
    private static final String HEARTBEAT = ":\n\n";

    private final OutputStream out;

    NoticeWriter(OutputStream out) {
        this.out = out;
    }

    void write(Notice notice) {
        try {
            out.write(text(notice).getBytes(StandardCharsets.UTF_8));
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(Notice notice) {
        JsonWriter json = JsonWriter.webSafe().beginObject();
        return switch (notice) {
            case Notice.Ready ready -> {
                json.name("serverTime").value(Rfc3339.utc(ready.now()));
                json.name("expiresAt").value(Rfc3339.utc(ready.token().expiresAt()));
                yield RETRY + event("ready", json);
            }
            case Notice.Changed changed -> {
                json.name("meter").value(changed.meter().value());
                yield event("usage.changed", json);
            }
            case Notice.Ended ended -> {
                json.name("reason").value(ended.reason().name().toLowerCase(Locale.ROOT));
                yield event("end", json);
            }
            case Notice.Alive _ -> HEARTBEAT;
        };
    }

    private static String event(String name, JsonWriter data) {
        String text = new String(data.endObject().toBytes(), StandardCharsets.UTF_8);
        return "event: " + name + "\ndata: " + text + "\n\n";
    }
}
