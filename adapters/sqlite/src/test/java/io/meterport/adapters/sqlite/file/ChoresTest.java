package io.meterport.adapters.sqlite.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChoresTest {
    @TempDir
    private Path folder;

    @Test
    void takeTurnsEvenIfOneNeverComesToAnEnd() throws Exception {
        CountDownLatch others = new CountDownLatch(3);
        Chore endless = session -> true;
        Chore other = session -> {
            others.countDown();
            return false;
        };

        assertThat(reaches(others, List.of(endless, other))).isTrue();
    }

    @Test
    void giveWayToOneThatPresses() throws Exception {
        CountDownLatch steps = new CountDownLatch(3);
        AtomicBoolean overtaken = new AtomicBoolean();
        Chore endless = session -> {
            overtaken.compareAndSet(false, steps.getCount() > 0);
            return true;
        };
        Chore pressing = new Chore() {
            @Override
            public boolean step(Session session) {
                steps.countDown();
                return false;
            }

            @Override
            public boolean isPressing() {
                return steps.getCount() > 0;
            }
        };

        assertThat(reaches(steps, List.of(endless, pressing))).isTrue();
        assertThat(overtaken).isFalse();
    }

    private boolean reaches(CountDownLatch latch, List<Chore> chores) throws Exception {
        try (DatabaseFile file = DatabaseFile.open(SqliteOptions.at(folder));
                Readers readers = new Readers(file);
                Writer writer = new Writer(file, readers, List.of(), chores)) {
            assertThat(writer.<Boolean>inTurn(session -> true)).isTrue();
            return latch.await(60, TimeUnit.SECONDS);
        }
    }
}
