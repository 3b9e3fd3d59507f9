package io.meterport.bootstrap.powerfail;

import io.meterport.adapters.sqlite.SqliteStorage;
import io.meterport.adapters.sqlite.file.SqliteOptions;
import io.meterport.application.spi.StorageDriver;
import io.meterport.application.spi.WholeStorage;
import io.meterport.bootstrap.ledger.Account;
import io.meterport.domain.event.Event;
import io.meterport.domain.event.EventKey;
import io.meterport.domain.meter.Meter;
import io.meterport.domain.portal.TokenId;
import io.meterport.domain.portal.TokenSecret;
import io.meterport.domain.portal.Verdict;
import io.meterport.domain.subject.Namespace;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Opens what a power cut left and tells which promises are broken. Not thread-safe. */
final class Oracle implements Judge {
    private static final String ADMIN_KEY = "admin-key";

    private final Promises promises;
    private final Collection<Event> everything;
    private final List<Event> again;
    private final Path folder;
    private final Expectations expectations = new Expectations();

    /**
     * @param folder where disks are laid out, one after the other
     */
    Oracle(Promises promises, Path folder) {
        this.promises = promises;
        this.everything = Account.events(promises.batches(), batch -> true);
        this.again = promises.batches().stream()
                .flatMap(batch -> batch.events().stream())
                .toList();
        this.folder = folder;
    }

    @Override
    public List<String> broken(CrashState state) throws IOException {
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
        StorageDriver driver = new StorageDriver(WholeStorage.of(storage));
        List<Meter> meters = storage.meters().catalog(Namespace.DEFAULT).meters();
        if (promises.readyAt() < state.moment()) {
            adminKey(state, storage, broken);
        }
        meters(state, meters, broken);
        backups(state, broken);
        Set<EventKey> present = Stored.keys(storage);
        Collection<Event> events = events(state, present, broken);
        tokens(state, storage, broken);

        broken.addAll(Stored.wrongUsage(driver, expectations.of(meters, events)));
        driver.send(Namespace.DEFAULT, again);
        driver.finishBuilds();
        Stored.wrongUsage(driver, expectations.of(meters, everything))
                .forEach(wrong -> broken.add("after all was sent again: " + wrong));
    }

    private static void adminKey(CrashState state, SqliteStorage storage, List<String> broken) {
        boolean fits = Optional.ofNullable(state.files().get(ADMIN_KEY))
                .map(bytes -> new String(bytes, StandardCharsets.US_ASCII).strip())
                .flatMap(text -> TokenSecret.parse(TokenSecret.Kind.API_KEY, text))
                .filter(secret -> storage.keys().find(secret.id()).isPresent())
                .isPresent();
        if (!fits) {
            broken.add("the first admin key is gone");
        }
    }

    private void meters(CrashState state, List<Meter> meters, List<String> broken) {
        Set<String> slugs =
                meters.stream().map(meter -> meter.slug().value()).collect(Collectors.toSet());
        promises.meters().forEach((slug, ackedAt) -> {
            if (ackedAt < state.moment() && !slugs.contains(slug)) {
                broken.add("the meter " + slug + " is gone");
            }
        });
    }

    private void backups(CrashState state, List<String> broken) {
        for (Promises.Backup backup : promises.backups()) {
            boolean isWhole = Optional.ofNullable(state.files().get(backup.file()))
                    .filter(bytes -> sha256(bytes).equals(backup.sha256()))
                    .isPresent();
            if (backup.ackedAt() < state.moment() && !isWhole) {
                broken.add("the backup " + backup.file() + " is gone");
            }
        }
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The events that are there, after each batch was found to be there whole or not at all. */
    private Collection<Event> events(CrashState state, Set<EventKey> present, List<String> broken) {
        Set<EventKey> known = new HashSet<>();
        for (Account.Batch batch : promises.batches()) {
            long there = batch.events().stream()
                    .map(Event::key)
                    .filter(present::contains)
                    .count();
            boolean isWhole = there == batch.events().size();
            if (!isWhole && batch.ackedAt() < state.moment()) {
                broken.add("the acknowledged batch " + batch.name() + " is gone");
            }
            if (!isWhole
                    && batch.events().stream().anyMatch(event -> isHalf(event, batch, present))) {
                broken.add("half of the batch " + batch.name() + " is there");
            }
            batch.events().forEach(event -> known.add(event.key()));
        }
        if (!known.containsAll(present)) {
            broken.add("events are there that nobody sent");
        }
        return everything.stream()
                .filter(event -> present.contains(event.key()))
                .toList();
    }

    /** Whether the event is there although its batch is not, and no earlier batch brought it. */
    private boolean isHalf(Event event, Account.Batch batch, Set<EventKey> present) {
        return present.contains(event.key())
                && promises.batches().stream()
                        .takeWhile(earlier -> !earlier.equals(batch))
                        .noneMatch(earlier -> earlier.events().stream()
                                .anyMatch(other -> other.key().equals(event.key())));
    }

    private void tokens(CrashState state, SqliteStorage storage, List<String> broken) {
        for (Account.Token token : promises.tokens()) {
            Optional<Verdict> verdict = storage.tokens().verdict(new TokenId(token.id()));
            boolean holds = verdict.filter(found -> found.holds(Instant.now())).isPresent();
            if (token.revokedAt() < state.moment() && holds) {
                broken.add("the revoked token " + token.id() + " holds again");
            }
            boolean shouldHold =
                    token.madeAt() < state.moment() && token.revokingAt() >= state.moment();
            if (shouldHold && !holds) {
                broken.add("the token " + token.id() + " is gone");
            }
        }
    }
}
