package io.meterport.adapters.http.wire;

/** Query strings for tests of other packages. */
public final class QueryText {
    private QueryText() {}

    /** What the server makes of it. */
    public static Query query(String raw) {
        return Query.of(raw);
    }
}
