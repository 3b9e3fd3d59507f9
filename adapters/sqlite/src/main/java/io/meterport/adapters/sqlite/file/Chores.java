package io.meterport.adapters.sqlite.file;

import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * When it is a chore's turn: whenever nothing else waits, and once in a while even if something
 * does. Each takes a step in its turn, so that a long one does not hold up the others. Only the writer's thread uses it.
 */
final class Chores {
    /** Whether there is something to do is looked at again after this. */
    private static final long ROUND_NANOS = TimeUnit.SECONDS.toNanos(10);
    /** Where there is something to do, it does not wait longer than this for its next step. */
    private static final long STEP_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    /** A pressing one does not wait longer than this. */
    private static final long PRESSING_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private final List<Chore> chores;
    private int at;
    private boolean moreToDo;
    private long lastStep = System.nanoTime();
    private long lastRound = lastStep;

    Chores(List<Chore> chores) {
        this.chores = List.copyOf(chores);
    }

    /** Whether all of them had nothing more to do when last asked. */
    boolean areDone() {
        return at == chores.size() && !moreToDo && pressing().isEmpty();
    }

    /** The next step, if the rest is idle. */
    Optional<Work> next() {
        Optional<Chore> pressing = pressing();
        if (pressing.isPresent()) {
            return Optional.of(new Step(pressing.get(), false));
        }
        if (at == chores.size() && (moreToDo || System.nanoTime() - lastRound > ROUND_NANOS)) {
            at = 0;
            moreToDo = false;
            lastRound = System.nanoTime();
        }
        return at == chores.size() ? Optional.empty() : Optional.of(new Step(chores.get(at), true));
    }

    /** The next step, if it has waited long enough. */
    Optional<Work> nextIfDue() {
        long patience = pressing().isPresent() ? PRESSING_NANOS : STEP_NANOS;
        return System.nanoTime() - lastStep > patience ? next() : Optional.empty();
    }

    private Optional<Chore> pressing() {
        return chores.stream().filter(Chore::isPressing).findFirst();
    }

    private final class Step implements Work {
        private final Chore chore;
        private final boolean inTurn;
        private boolean more;

        Step(Chore chore, boolean inTurn) {
            this.chore = chore;
            this.inTurn = inTurn;
        }

        @Override
        public void run(Session session) throws SQLException {
            lastStep = System.nanoTime();
            more = chore.step(session);
        }

        @Override
        public void committed() {
            moreToDo |= more;
            at += inTurn ? 1 : 0;
        }

        @Override
        public void failed(RuntimeException why) {
            // Nobody waits for it; the next round tries again, and whoever writes meets the reason.
            at += inTurn ? 1 : 0;
        }
    }
}
