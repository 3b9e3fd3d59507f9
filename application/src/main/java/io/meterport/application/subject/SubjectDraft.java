package io.meterport.application.subject;

import io.meterport.application.spi.Patch;
import io.meterport.domain.json.Json;
import io.meterport.domain.problem.Require;
import io.meterport.domain.subject.SubjectKey;
import java.util.Objects;

/** What a caller wants known about a subject. */
public record SubjectDraft(
        SubjectKey key,
        Patch<String> displayName,
        Patch<Json.Obj> metadata,
        Patch<String> stripeCustomerId) {
    /** The longest display name and Stripe customer id, in code points. */
    public static final int MOST_CHARACTERS = 256;

    public SubjectDraft {
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(metadata, "metadata");
        if (displayName instanceof Patch.Replace<String>(String name)) {
            Require.plainText(name, MOST_CHARACTERS, "invalid-body", "displayName");
        }
        if (stripeCustomerId instanceof Patch.Replace<String>(String id)) {
            Require.plainText(id, MOST_CHARACTERS, "invalid-body", "stripeCustomerId");
            Require.that(
                    id.startsWith("cus_"), "invalid-body", "stripeCustomerId must begin with cus_");
        }
    }
}
