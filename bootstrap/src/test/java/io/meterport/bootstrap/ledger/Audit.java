package io.meterport.bootstrap.ledger;

import io.meterport.bootstrap.ledger.Caller.Unanswered;
import io.meterport.domain.event.Event;
import io.meterport.domain.event.EventKey;
import io.meterport.domain.json.Json;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Holds a server against a ledger whose clients have finished: every batch in it was acknowledged.
 * Each method gives the violations that it found, none if all is well.
 */
public final class Audit {
    private static final int MOST_TOLD = 5;

    private final Account account;
    private final List<Account.Batch> batches;
    private final Collection<Event> events;
    private final Target target;

    public Audit(Account account, Target target) {
        this.account = account;
        this.batches = account.batches();
        this.events = Account.events(batches, batch -> true);
        this.target = target;
    }

    /** How many different events there are. */
    public int events() {
        return events.size();
    }

    /** All of them: events, usage, tokens, and both again after much was sent once more. */
    public List<String> all() {
        List<String> found = new ArrayList<>();
        found.addAll(stored());
        found.addAll(usage());
        found.addAll(tokens());
        found.addAll(sentAgain());
        return found;
    }

    /** V1, V2: exactly the events that were sent are stored, each once. */
    public List<String> stored() {
        List<String> found = new ArrayList<>();
        Set<EventKey> expected = events.stream().map(Event::key).collect(Collectors.toSet());
        Set<EventKey> seen = new HashSet<>();
        for (EventKey key : list()) {
            if (!seen.add(key)) {
                found.add("V1: stored twice: " + key);
            } else if (!expected.contains(key)) {
                found.add("V2: stored but never sent: " + key);
            }
        }
        expected.stream()
                .filter(key -> !seen.contains(key))
                .limit(MOST_TOLD)
                .forEach(key -> found.add("V1: acknowledged and lost: " + key));
        return found;
    }

    /** V3: each meter, subject and window is what the domain computes from the ledger. */
    public List<String> usage() {
        try (Caller caller = new Caller(target)) {
            return new UsageAudit(caller, events).violations();
        }
    }

    /** V5: no question after a revocation was answered, and every other one was. */
    public List<String> tokens() {
        try (Caller caller = new Caller(target)) {
            return new TokenAudit(caller, account).violations();
        }
    }

    /** V4: what is sent again changes nothing. */
    public List<String> sentAgain() {
        try (Caller caller = new Caller(target)) {
            for (int i = 0; i < batches.size(); i += 7) {
                requireStatus(204, caller, batches.get(i).json());
            }
        }
        return usage().stream().map(found -> "V4, sent again: " + found).toList();
    }

    private List<EventKey> list() {
        List<EventKey> keys = new ArrayList<>();
        try (Caller caller = new Caller(target)) {
            String next = "";
            do {
                int status = caller.get("/api/v2/events?limit=100" + next);
                if (status != 200) {
                    throw new IllegalStateException(status + " " + caller.body());
                }
                Json.Obj page = Answers.read(caller.body());
                for (Json item : ((Json.Arr) Answers.member(page, "items")).items()) {
                    Json.Obj event = (Json.Obj) Answers.member((Json.Obj) item, "event");
                    keys.add(
                            new EventKey(Answers.text(event, "source"), Answers.text(event, "id")));
                }
                next = page.get("nextCursor")
                        .map(cursor -> "&cursor=" + ((Json.Text) cursor).value())
                        .orElse("");
            } while (!next.isEmpty());
        } catch (Unanswered e) {
            throw new IllegalStateException(e);
        }
        return keys;
    }

    private static void requireStatus(int expected, Caller caller, String json) {
        try {
            int status = caller.post("/api/v1/events", "application/cloudevents-batch+json", json);
            if (status != expected) {
                throw new IllegalStateException(status + " " + caller.body());
            }
        } catch (Unanswered e) {
            throw new IllegalStateException(e);
        }
    }
}
