package io.meterport.bootstrap.powerfail;

import io.meterport.adapters.sqlite.SqliteStorage;
import io.meterport.adapters.sqlite.file.SqliteOptions;
import io.meterport.application.spi.StorageDriver;
import io.meterport.application.spi.WholeStorage;
import io.meterport.bootstrap.ledger.Account;
import io.meterport.domain.event.Event;
import io.meterport.domain.event.EventKey;
import io.meterport.domain.meter.Meter;
import io.meterport.domain.subject.Namespace;
import io.meterport.domain.usage.Horizon;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/**
 * Opens what a power cut left after a subject began to be erased, and tells which promises are
 * broken: what was erased does not come back, all else is there, and an erasure that was cut can be
 * finished. What was forgotten still counts. Not thread-safe.
 */
final class UpkeepOracle implements Judge {
    private final Promises promises;
    private final Collection<Event> everything;
    private final Collection<Event> others;
    private final Path folder;
    private final Judge before;
    private final Expectations expectations = new Expectations();

    /**
     * @param folder where disks are laid out, one after the other
     * @param before judges the states before that
     */
    UpkeepOracle(Promises promises, Path folder, Judge before) {
        this.promises = promises;
        this.everything = Account.events(promises.batches(), batch -> true);
        this.others = everything.stream()
                .filter(event -> !promises.forgetting().isErased(event))
                .toList();
        this.folder = folder;
        this.before = before;
    }

    @Override
    public List<String> broken(CrashState state) throws IOException {
        if (state.moment() <= promises.forgetting().erasingAt()) {
            return before.broken(state);
        }
        state.writeTo(folder);
        List<String> broken = new ArrayList<>();
        try (SqliteStorage storage =
                SqliteStorage.open(SqliteOptions.at(folder), InstantSource.system())) {
            judge(state, storage, broken);
        } catch (RuntimeException e) {
            broken.add("it cannot be used: " + e + ", " + e.getCause());
        }
        broken.addAll(Stored.integrity(folder));
        return broken;
    }

    private void judge(CrashState state, SqliteStorage storage, List<String> broken) {
        Forgetting forgetting = promises.forgetting();
        StorageDriver driver = new StorageDriver(WholeStorage.of(storage));
        List<Meter> meters = storage.meters().catalog(Namespace.DEFAULT).meters();
        Horizon horizon = storage.retention().horizon();
        if (meters.size() != promises.meters().size()) {
            broken.add("a meter is gone");
        }
        if (state.moment() <= forgetting.forgettingAt() && !horizon.equals(Horizon.NONE)) {
            broken.add("events are forgotten though nobody said so");
        }
        Set<EventKey> present = Stored.keys(storage);
        boolean isHidden = others(horizon, present, broken);
        if (forgetting.erasedAt() < state.moment()) {
            if (!isHidden) {
                broken.add("the erased subject is there again");
            }
            Stored.wrongUsage(driver, expectations.of(meters, others))
                    .forEach(wrong -> broken.add("after the erasure: " + wrong));
        }
        storage.erasure().erase(Namespace.DEFAULT, forgetting.erased().orElseThrow());
        Stored.wrongUsage(driver, expectations.of(meters, others))
                .forEach(wrong -> broken.add("after the erasure was finished: " + wrong));
        sendAgain(storage, driver);
        Stored.wrongUsage(driver, expectations.of(meters, others))
                .forEach(wrong -> broken.add("after all was sent again: " + wrong));
        storage.verification()
                .verify()
                .differences()
                .forEach(found -> broken.add("verification finds: " + found));
    }

    /** Returns whether the erased subject is hidden, after all others were looked for. */
    private boolean others(Horizon horizon, Set<EventKey> present, List<String> broken) {
        List<Event> kept = everything.stream()
                .filter(event -> !horizon.isAfter(event.time()))
                .toList();
        long lost = kept.stream()
                .filter(event -> !promises.forgetting().isErased(event))
                .filter(event -> !present.contains(event.key()))
                .count();
        if (lost > 0) {
            broken.add(lost + " events of others are gone");
        }
        long shown = kept.stream()
                .filter(promises.forgetting()::isErased)
                .filter(event -> present.contains(event.key()))
                .count();
        long all = kept.stream().filter(promises.forgetting()::isErased).count();
        if (shown > 0 && shown < all) {
            broken.add("the subject is erased in part: " + shown + " of " + all + " are shown");
        }
        if (present.size() > kept.size()) {
            broken.add("events are there that were forgotten or never sent");
        }
        return shown == 0;
    }

    /** All that may still be sent; what lies before the horizon is refused. */
    private void sendAgain(SqliteStorage storage, StorageDriver driver) {
        Horizon horizon = storage.retention().horizon();
        driver.send(
                Namespace.DEFAULT,
                everything.stream()
                        .filter(event -> !horizon.isAfter(event.time()))
                        .toList());
    }
}
