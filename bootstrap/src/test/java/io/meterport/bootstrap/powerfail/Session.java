package io.meterport.bootstrap.powerfail;

import io.meterport.bootstrap.bench.ServerProcess;
import io.meterport.bootstrap.bench.Succession;
import io.meterport.bootstrap.ledger.Account;
import io.meterport.bootstrap.ledger.Meters;
import io.meterport.bootstrap.ledger.MixedLoad;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What is recorded: a first start, meters made and changed while events arrive (which begins
 * rebuilds), tokens made and revoked, backups made, a stop (which moves the log into the file), a
 * start, a kill, and a start that has to recover.
 */
final class Session {
    private static final Pattern SHA256 = Pattern.compile("\"sha256\":\"([0-9a-f]{64})\"");
    private static final int BATCHES = 12;

    private final Life life;
    private final List<Promises.Backup> backups = new ArrayList<>();
    private long readyAt = Long.MAX_VALUE;

    private Session(Life life) {
        this.life = life;
    }

    /** Lives through it and returns what was promised. */
    static Promises run(Life life) throws IOException {
        Session session = new Session(life);
        session.run();
        Account account = life.ledger().account();
        return new Promises(
                session.readyAt,
                Long.MIN_VALUE,
                life.meters(),
                session.backups,
                account.batches(),
                account.tokens(),
                Forgetting.NOTHING);
    }

    private void run() throws IOException {
        List<String> slugs = List.copyOf(Meters.definitions().keySet());
        try (Succession servers = new Succession(() -> life.start(Map.of()))) {
            readyAt = System.nanoTime();
            ServerProcess first = servers.now();
            life.define(first, slugs.subList(0, 3));
            try (MixedLoad _ = life.load(first, 0)) {
                life.awaitBatches(BATCHES);
                life.define(first, slugs.subList(3, 5));
                life.awaitBatches(2 * BATCHES);
                relabel(first, slugs.getFirst());
                backUp(first);
                life.awaitBatches(3 * BATCHES);
            }
            first.close();
            ServerProcess second = servers.next();
            try (MixedLoad _ = life.load(second, 1)) {
                life.awaitBatches(4 * BATCHES);
                life.define(second, slugs.subList(5, 7));
                backUp(second);
                life.awaitBatches(5 * BATCHES);
                life.target().down();
                ServerProcess recovered = servers.next();
                life.target().up(recovered.port(), recovered.key());
                life.awaitBatches(6 * BATCHES);
                life.target().down();
                recovered.close();
                life.target().up(servers.next().port(), servers.now().key());
            }
        }
    }

    private void backUp(ServerProcess server) throws IOException {
        String name = "backup-" + backups.size() + ".db";
        String answer = Life.call(server, "POST", "/api/v1/backups", "{\"name\":\"" + name + "\"}");
        Matcher sum = SHA256.matcher(answer);
        if (!sum.find()) {
            throw new IllegalStateException(answer);
        }
        backups.add(new Promises.Backup("backups/" + name, sum.group(1), System.nanoTime()));
    }

    private static void relabel(ServerProcess server, String slug) throws IOException {
        Life.call(server, "PUT", "/api/v1/meters/" + slug, """
                {"groupBy":{"model":"$.model","kind":"$.kind"}}""");
    }
}
