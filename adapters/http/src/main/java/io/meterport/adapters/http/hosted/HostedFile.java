package io.meterport.adapters.http.hosted;

import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.meterport.adapters.http.wire.Answer;
import io.meterport.adapters.http.wire.Exchange;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.GZIPOutputStream;

/**
 * One file, sent as it is or compressed, as the client likes, or not at all if the client has it. It
 * says nothing about anybody, so that compressing it gives nothing away. Immutable.
 */
final class HostedFile {
    /** One form of it, with a tag of its own, as caches demand. */
    private record Form(String tag, Answer full, Answer unchanged) {}

    private static final int NOT_MODIFIED = 304;
    private static final int TAG_CHARACTERS = 32;
    private static final Header GZIP =
            HeaderValues.createCached(HeaderNames.CONTENT_ENCODING, "gzip");
    /** By origin too, since whether a page of another one may read it is said in the answer. */
    private static final Header VARY =
            HeaderValues.createCached(HeaderNames.VARY, "Origin, Accept-Encoding");

    private final Form plain;
    private final Form packed;

    /**
     * @param headers what is said of it beside its type, its tag and its encoding
     */
    HostedFile(String contentType, byte[] content, List<Header> headers) {
        Header type = HeaderValues.create(HeaderNames.CONTENT_TYPE, contentType);
        String digest = digest(content);
        byte[] smaller = gzip(content);
        this.plain = form(digest, Answer.of(type, content), headers);
        this.packed = smaller.length < content.length
                ? form(digest + "-gzip", Answer.of(type, smaller).with(GZIP), headers)
                : plain;
    }

    /** The file, or that the client has it. */
    Answer answer(Exchange exchange) {
        boolean gzip = AcceptedEncoding.takesGzip(exchange.headers(HeaderNames.ACCEPT_ENCODING));
        Form form = gzip ? packed : plain;
        boolean has = exchange.headers(HeaderNames.IF_NONE_MATCH).stream()
                .anyMatch(value -> value.strip().equals("*") || value.contains(form.tag()));
        return has ? form.unchanged() : form.full();
    }

    private static Form form(String name, Answer content, List<Header> headers) {
        String tag = "\"" + name + "\"";
        Answer unchanged = said(Answer.noContent().withStatus(NOT_MODIFIED), tag, headers);
        return new Form(tag, said(content, tag, headers), unchanged);
    }

    private static Answer said(Answer answer, String tag, List<Header> headers) {
        Answer said = answer.with(HeaderNames.ETAG, tag).with(VARY);
        for (Header header : headers) {
            said = said.with(header);
        }
        return said;
    }

    private static String digest(byte[] content) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(content);
            return HexFormat.of().formatHex(hash).substring(0, TAG_CHARACTERS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private static byte[] gzip(byte[] content) {
        var packed = new ByteArrayOutputStream();
        try (var out = new GZIPOutputStream(packed)) {
            out.write(content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return packed.toByteArray();
    }
}
