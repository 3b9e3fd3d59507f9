package io.meterport.adapters.sqlite.file;

import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * When it is a chore's turn: whenever nothing else waits, and once in a while even if something
 * does. Only the writer's thread uses it.
 */
final class Chores {
    /** Where there is nothing to do, it is looked again after this. */
    private static final long ROUND_NANOS = TimeUnit.SECONDS.toNanos(10);
    /** Where there is something to do, it does not wait longer than this for its next step. */
    private static final long STEP_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    private final List<Chore> chores;
    private int at;
    private long last = System.nanoTime();

    Chores(List<Chore> chores) {
        this.chores = List.copyOf(chores);
    }

    /** Whether all of them had nothing more to do when last asked. */
    boolean areDone() {
        return at == chores.size();
    }

    /** The next step, if the rest is idle. */
    Optional<Work> next() {
        if (areDone() && System.nanoTime() - last > ROUND_NANOS) {
            at = 0;
        }
        return areDone() ? Optional.empty() : Optional.of(new Step());
    }

    /** The next step, if it has waited long enough. */
    Optional<Work> nextIfDue() {
        return System.nanoTime() - last > STEP_NANOS ? next() : Optional.empty();
    }

    private final class Step implements Work {
        private boolean more;

        @Override
        public void run(Session session) throws SQLException {
            last = System.nanoTime();
            more = chores.get(at).step(session);
        }

        @Override
        public void committed() {
            at = more ? at : at + 1;
        }

        @Override
        public void failed(RuntimeException why) {
            // Nobody waits for it; the next round tries again, and whoever writes meets the reason.
            at++;
        }
    }
}
