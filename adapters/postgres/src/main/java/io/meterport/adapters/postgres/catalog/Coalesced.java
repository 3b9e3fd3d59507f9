package io.meterport.adapters.postgres.catalog;

import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * Asks something on behalf of many: whoever comes while a question is under way shares the next one
 * with all others who came by then. Nobody gets an answer to a question that was asked before they
 * came. Thread-safe.
 */
final class Coalesced<T> {
    /** The answer to the question of that number, or why there is none. */
    private record Outcome<T>(long number, Optional<T> answer, Optional<RuntimeException> failure) {
        T get() {
            failure.ifPresent(thrown -> {
                throw thrown;
            });
            return answer.orElseThrow();
        }
    }

    private final Supplier<T> question;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition answered = lock.newCondition();
    private long begun;
    private boolean underWay;
    private Outcome<T> last = new Outcome<>(0, Optional.empty(), Optional.empty());

    Coalesced(Supplier<T> question) {
        this.question = question;
    }

    /** The answer to a question that is asked after this call began. */
    T get() {
        lock.lock();
        try {
            long needed = begun + 1;
            while (last.number() < needed) {
                if (underWay) {
                    answered.awaitUninterruptibly();
                } else {
                    ask();
                }
            }
            return last.get();
        } finally {
            lock.unlock();
        }
    }

    /** Others may come while the answer is awaited. */
    private void ask() {
        underWay = true;
        long number = ++begun;
        lock.unlock();
        Outcome<T> outcome;
        try {
            outcome = new Outcome<>(number, Optional.of(question.get()), Optional.empty());
        } catch (RuntimeException e) {
            outcome = new Outcome<>(number, Optional.empty(), Optional.of(e));
        } finally {
            lock.lock();
            underWay = false;
            answered.signalAll();
        }
        last = outcome;
    }
}
