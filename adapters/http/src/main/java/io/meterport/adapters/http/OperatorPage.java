package io.meterport.adapters.http;

import java.util.Objects;
import java.util.function.Supplier;

/**
 * A page for operators that somebody else fills, such as metrics. It wants a key of scope admin,
 * unless operators have a listener of their own.
 *
 * @param path where it is
 * @param content what it says now; called for each request, from many threads
 */
public record OperatorPage(String path, String contentType, Supplier<byte[]> content) {
    public OperatorPage {
        Objects.requireNonNull(path, "path");
        Objects.requireNonNull(contentType, "contentType");
        Objects.requireNonNull(content, "content");
    }
}
