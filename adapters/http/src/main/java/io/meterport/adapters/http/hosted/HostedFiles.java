package io.meterport.adapters.http.hosted;

import io.meterport.adapters.json.JsonReader;
import io.meterport.domain.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/** The files that the web package's build left, as its manifest lists them. */
final class HostedFiles {
    static final String MANIFEST = "manifest.json";

    private HostedFiles() {}

    /** All of them by name, such as {@code assets/embed.VRHLPHPM.js}. */
    static Map<String, byte[]> read() {
        Map<String, byte[]> files = new LinkedHashMap<>();
        digests().keySet().forEach(name -> files.put(name, resource(name)));
        return files;
    }

    /** For each of them its SHA-256, in hexadecimal digits, as the build has written it down. */
    static Map<String, Json> digests() {
        Json.Obj manifest = (Json.Obj) JsonReader.read(resource(MANIFEST));
        return ((Json.Obj) manifest.get("files").orElseThrow()).members();
    }

    private static byte[] resource(String name) {
        try (InputStream in = HostedFiles.class.getResourceAsStream(name)) {
            return Objects.requireNonNull(in, name).readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
