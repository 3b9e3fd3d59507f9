package io.meterport.bootstrap.ledger;

import io.meterport.bootstrap.ledger.Caller.Unanswered;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Looks at every question that was ever asked with a token, and asks once more with each: a revoked
 * one is refused from the moment on at which its revocation was acknowledged, any other one holds
 * until its revocation is begun.
 */
final class TokenAudit {
    private final Caller caller;
    private final Account account;

    TokenAudit(Caller caller, Account account) {
        this.caller = caller;
        this.account = account;
    }

    List<String> violations() {
        Map<String, Account.Token> tokens = account.tokens().stream()
                .collect(Collectors.toMap(Account.Token::id, Function.identity()));
        List<String> found = new ArrayList<>();
        for (Account.Question question : account.questions()) {
            judge(tokens.get(question.token()), question, found);
        }
        for (Account.Token token : tokens.values()) {
            long sentAt = System.nanoTime();
            judge(token, new Account.Question(token.id(), sentAt, ask(token)), found);
        }
        return found;
    }

    private static void judge(Account.Token token, Account.Question question, List<String> found) {
        if (question.sentAt() > token.revokedAt() && question.status() != 401) {
            found.add("V5: revoked and answered " + question.status() + ": " + token.id());
        } else if (question.sentAt() < token.revokingAt()
                && question.status() != 200
                && question.status() != 503) {
            found.add("V5: not revoked and answered " + question.status() + ": " + token.id());
        }
    }

    private int ask(Account.Token token) {
        try {
            return caller.get("/api/v1/portal/meters/" + Meters.COUNT + "/query", token.secret());
        } catch (Unanswered e) {
            throw new IllegalStateException(e);
        }
    }
}
