package io.meterport.bootstrap.ledger;

import io.meterport.bootstrap.ledger.Caller.Unanswered;
import io.meterport.domain.json.Json;
import io.meterport.domain.subject.SubjectKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.BooleanSupplier;

/**
 * Makes tokens, revokes them one by one or all of a subject, and asks with those that hold and with
 * those that were revoked.
 */
final class TokenHolder implements Runnable {
    private static final String TOKENS = "/api/v1/portal/tokens";
    private static final String JSON = "application/json";

    private record Token(String id, int subject, String secret) {}

    private final Ledger ledger;
    private final Target target;
    private final Random random;
    private final int mostTokens;
    private final BooleanSupplier goOn;
    private final List<Token> live = new ArrayList<>();
    private final List<Token> dead = new ArrayList<>();

    /**
     * @param mostTokens their number keeps what has to be audited in bounds
     */
    TokenHolder(Ledger ledger, Target target, Random random, int mostTokens, BooleanSupplier goOn) {
        this.mostTokens = mostTokens;
        this.ledger = ledger;
        this.target = target;
        this.random = random;
        this.goOn = goOn;
    }

    @Override
    public void run() {
        try (Caller caller = new Caller(target)) {
            while (goOn.getAsBoolean()) {
                if (live.size() + dead.size() < mostTokens) {
                    make(caller);
                }
                ask(caller, live);
                ask(caller, dead);
                if (!live.isEmpty() && random.nextInt(3) == 0) {
                    revoke(caller, live.get(random.nextInt(live.size())));
                    ask(caller, dead.subList(dead.size() - 1, dead.size()));
                }
                Caller.pause();
            }
        }
    }

    private void make(Caller caller) {
        int subject = random.nextInt(Ledger.SUBJECTS);
        try {
            String body = "{\"subject\":\"" + Traffic.subject(subject) + "\"}";
            if (caller.post(TOKENS, JSON, body) == 200) {
                Json.Obj made = Answers.read(caller.body());
                Token token =
                        new Token(Answers.text(made, "id"), subject, Answers.text(made, "token"));
                ledger.made(token.id(), Traffic.subject(subject), token.secret());
                live.add(token);
            }
        } catch (Unanswered e) {
            ledger.failed("token", e.getMessage());
        }
    }

    /** Now and then all tokens of its subject with it. */
    private void revoke(Caller caller, Token token) {
        boolean wide = random.nextInt(20) == 0;
        String key = wide ? "subject:" + Traffic.subject(token.subject()) : token.id();
        String body = wide
                ? "{\"subject\":\"" + Traffic.subject(token.subject()) + "\"}"
                : "{\"id\":\"" + token.id() + "\"}";
        ledger.revoking(key);
        while (!isRevoked(caller, key, body)) {
            Caller.pause();
        }
        ledger.revoked(key);
        List<Token> ended = live.stream()
                .filter(each -> each.equals(token) || (wide && each.subject() == token.subject()))
                .toList();
        live.removeAll(ended);
        dead.addAll(ended);
    }

    private boolean isRevoked(Caller caller, String key, String body) {
        try {
            int status = caller.post(TOKENS + "/invalidate", JSON, body);
            if (status != 204) {
                ledger.failed(key, status + " " + caller.body());
            }
            return status == 204;
        } catch (Unanswered e) {
            ledger.failed(key, e.getMessage());
            return false;
        }
    }

    private void ask(Caller caller, List<Token> these) {
        if (these.isEmpty()) {
            return;
        }
        Token token = these.get(random.nextInt(these.size()));
        long least = ledger.stored(token.subject());
        long sentAt = System.nanoTime();
        try {
            int status =
                    caller.get("/api/v1/portal/meters/" + Meters.COUNT + "/query", token.secret());
            ledger.asked(token.id(), sentAt, status);
            if (status == 200) {
                Answers.requireBetween(ledger, caller.body(), least, ledger.tried(token.subject()));
                requireOwn(caller.body(), token);
            }
        } catch (Unanswered e) {
            // Nothing was learned.
        }
    }

    private void requireOwn(String body, Token token) {
        SubjectKey own = new SubjectKey(Traffic.subject(token.subject()));
        if (Answers.rows(body).stream()
                .anyMatch(row -> !row.subject().orElseThrow().equals(own))) {
            ledger.violated("V6: " + own + " was told of others: " + body);
        }
    }
}
