package io.meterport.adapters.http;

import io.meterport.application.spi.Patch;
import io.meterport.application.subject.SubjectDraft;
import io.meterport.domain.json.Json;
import io.meterport.domain.subject.SubjectKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads subjects as clients register them. Stateless. */
final class SubjectParams {
    private SubjectParams() {}

    static List<SubjectDraft> drafts(Json body) {
        if (!(body instanceof Json.Arr(List<Json> items))) {
            throw Faults.at(Faults.BODY, "The body must be an array of subjects.", "");
        }
        List<SubjectDraft> drafts = new ArrayList<>(items.size());
        for (int i = 0; i < items.size(); i++) {
            Members members = Members.of(items.get(i), "/" + i, Faults.BODY);
            drafts.add(Faults.located(members.pointer(), () -> draft(members)));
        }
        return drafts;
    }

    private static SubjectDraft draft(Members members) {
        return new SubjectDraft(
                members.requiredParsed("key", SubjectKey::new),
                patch(members, "displayName", members.nullableText("displayName")),
                patch(members, "metadata", members.nullableObject("metadata")),
                patch(members, "stripeCustomerId", members.nullableText("stripeCustomerId")));
    }

    /** An absent member keeps what is stored; null clears it. */
    private static <T> Patch<T> patch(Members members, String name, Optional<T> value) {
        if (!members.has(name)) {
            return new Patch.Keep<>();
        }
        return value.<Patch<T>>map(Patch.Replace::new).orElseGet(Patch.Clear::new);
    }
}
