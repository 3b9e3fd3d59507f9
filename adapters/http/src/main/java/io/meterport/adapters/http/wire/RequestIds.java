package io.meterport.adapters.http.wire;

import java.util.function.Supplier;
import java.util.regex.Pattern;

/** Names requests: as their caller named them, if that is fit to be logged, or by an id of ours. */
final class RequestIds {
    private static final Pattern FIT = Pattern.compile("[A-Za-z0-9._/+:-]{1,64}");

    private final Supplier<String> own;

    RequestIds(Supplier<String> own) {
        this.own = own;
    }

    String of(Iterable<String> sent) {
        for (String id : sent) {
            if (FIT.matcher(id).matches()) {
                return id;
            }
        }
        return own.get();
    }
}
