package io.meterport.bootstrap;

import io.meterport.adapters.postgres.PostgresProvider;
import io.meterport.adapters.postgres.PostgresStorage;
import io.meterport.adapters.postgres.server.PostgresOptions;
import io.meterport.adapters.sqlite.SqliteProvider;
import io.meterport.adapters.sqlite.SqliteStorage;
import io.meterport.adapters.sqlite.file.SqliteOptions;
import io.meterport.application.spi.Backups;
import io.meterport.application.spi.CatalogStorage;
import io.meterport.application.spi.EventStorage;
import io.meterport.application.spi.MovedDigest;
import io.meterport.application.spi.MovedTable;
import io.meterport.application.spi.Provider;
import io.meterport.bootstrap.settings.Settings;
import io.meterport.bootstrap.settings.SettingsProblem;
import io.meterport.domain.problem.Problem;
import io.meterport.domain.problem.ProblemException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The storages that there are, and those that are open. A type that is chosen for both events and
 * catalog is opened once.
 */
final class Storages implements AutoCloseable {
    private static final String EVENTS = "storage.events.type";
    private static final String CATALOG = "storage.catalog.type";
    private static final String SQLITE = "sqlite";
    private static final String POSTGRES = "postgres";

    private final EventStorage events;
    private final CatalogStorage catalog;

    /** Every storage that can be chosen. A new one is one more line. */
    private static List<Provider<? extends AutoCloseable>> providers(InstantSource time) {
        return List.of(new SqliteProvider(time), new PostgresProvider(time));
    }

    /**
     * Opens those that the settings choose.
     *
     * @throws SettingsProblem if they name a wrong type or option
     * @throws StartFailure if one cannot be opened
     */
    Storages(Settings.Storage chosen, Path folder, InstantSource time) {
        check(chosen, folder);
        Map<String, AutoCloseable> open = new LinkedHashMap<>();
        AutoCloseable forEvents = open(chosen.events(), EVENTS, chosen, folder, time);
        open.put(chosen.events(), forEvents);
        AutoCloseable forCatalog = Optional.ofNullable(open.get(chosen.catalog()))
                .orElseGet(() -> open(chosen.catalog(), CATALOG, chosen, folder, time));
        this.events = as(EventStorage.class, forEvents, EVENTS);
        this.catalog = as(CatalogStorage.class, forCatalog, CATALOG);
    }

    /**
     * Looks at settings and opens nothing.
     *
     * @throws SettingsProblem if they name a wrong type or option
     */
    static void check(Settings.Storage chosen, Path folder) {
        InstantSource time = InstantSource.system();
        var _ = provider(chosen.events(), EVENTS, time);
        var _ = provider(chosen.catalog(), CATALOG, time);
        for (String type : chosen.options().keySet()) {
            try {
                provider(type, "storage." + type, time).check(options(type, chosen, folder));
            } catch (IllegalArgumentException e) {
                throw new SettingsProblem("storage." + type + ": " + e.getMessage() + ".");
            }
        }
    }

    EventStorage events() {
        return events;
    }

    CatalogStorage catalog() {
        return catalog;
    }

    /** Copies everything at once, which needs one storage for both. */
    Backups backups() {
        return events.equals(catalog) && events instanceof Backups both
                ? both
                : file -> {
                    throw new ProblemException(new Problem.Conflict(
                            "backup-unsupported",
                            "The storages in use have backups of their own."));
                };
    }

    @Override
    public void close() {
        events.close();
        catalog.close();
    }

    private static AutoCloseable open(
            String type, String key, Settings.Storage chosen, Path folder, InstantSource time) {
        try {
            return provider(type, key, time).open(options(type, chosen, folder));
        } catch (IllegalStateException e) {
            throw new StartFailure(String.valueOf(e.getMessage()));
        }
    }

    /**
     * Puts a backup in place where nothing runs.
     *
     * @return the database that was made
     * @throws StartFailure if it cannot be done
     */
    static Path restore(Settings settings, Path backup, Optional<Path> aside, InstantSource time) {
        Settings.Storage chosen = settings.storage();
        Path folder = settings.data().folder();
        check(chosen, folder);
        if (!chosen.events().equals(SQLITE) || !chosen.catalog().equals(SQLITE)) {
            throw new StartFailure("Only a storage of the type sqlite is restored so: restore"
                    + " others by means of their own, and say restore --mark then.");
        }
        try {
            return SqliteStorage.restore(
                    backup,
                    SqliteOptions.of(options(SQLITE, chosen, folder)),
                    aside,
                    time.instant(),
                    settings.portal().longestTokenLife());
        } catch (IllegalStateException | UncheckedIOException e) {
            throw new StartFailure(String.valueOf(e.getMessage()));
        }
    }

    private static Map<String, String> options(String type, Settings.Storage chosen, Path folder) {
        Map<String, String> options = new LinkedHashMap<>(chosen.options(type));
        if (type.equals(SQLITE)) {
            options.putIfAbsent("path", folder.toString());
        }
        return options;
    }

    /** Whether all is kept in the data folder, so that there must be one. */
    static boolean needFolder(Settings settings) {
        return settings.storage().events().equals(SQLITE)
                || settings.storage().catalog().equals(SQLITE);
    }

    /**
     * Brings the tables of a shared storage up to date.
     *
     * @return how many steps were missing; empty if no shared storage is chosen, since others are
     *     brought up to date when they are opened
     * @throws StartFailure if it cannot be done
     */
    static OptionalInt migrate(Settings settings) {
        Settings.Storage chosen = settings.storage();
        Path folder = settings.data().folder();
        check(chosen, folder);
        if (!chosen.events().equals(POSTGRES) && !chosen.catalog().equals(POSTGRES)) {
            return OptionalInt.empty();
        }
        try {
            return OptionalInt.of(
                    PostgresStorage.migrate(PostgresOptions.of(options(POSTGRES, chosen, folder))));
        } catch (IllegalStateException e) {
            throw new StartFailure(String.valueOf(e.getMessage()));
        }
    }

    /**
     * Moves everything from the embedded storage into an empty shared one, all of it or nothing,
     * while no server runs on either.
     *
     * @param begun told of each table when its first row is moved
     * @return what was moved
     * @throws SettingsProblem if there is no such way
     * @throws StartFailure if it cannot be done
     */
    static MovedDigest copy(
            Settings settings,
            String from,
            String to,
            InstantSource time,
            Consumer<MovedTable> begun) {
        if (!from.equals(SQLITE) || !to.equals(POSTGRES)) {
            throw new SettingsProblem("Copying is possible from " + SQLITE + " to " + POSTGRES
                    + ", not from " + from + " to " + to + ".");
        }
        Settings.Storage chosen = settings.storage();
        Path folder = settings.data().folder();
        check(chosen, folder);
        SqliteOptions source = SqliteOptions.of(options(SQLITE, chosen, folder));
        if (!SqliteStorage.exists(source)) {
            throw new StartFailure("There is no database in " + source.path() + ".");
        }
        try (SqliteStorage embedded = SqliteStorage.open(source, time)) {
            Set<MovedTable> seen = EnumSet.noneOf(MovedTable.class);
            return PostgresStorage.take(
                    PostgresOptions.of(options(POSTGRES, chosen, folder)),
                    rows -> embedded.contents().give((table, row) -> {
                        if (seen.add(table)) {
                            begun.accept(table);
                        }
                        rows.add(table, row);
                    }));
        } catch (ProblemException e) {
            throw new StartFailure(e.problem().detail());
        } catch (IllegalStateException | IllegalArgumentException | UncheckedIOException e) {
            throw new StartFailure(String.valueOf(e.getMessage()));
        }
    }

    private static Provider<? extends AutoCloseable> provider(
            String type, String key, InstantSource time) {
        List<Provider<? extends AutoCloseable>> all = providers(time);
        return all.stream()
                .filter(provider -> provider.type().equals(type))
                .findFirst()
                .orElseThrow(() -> new SettingsProblem(key + " must be one of "
                        + String.join(", ", all.stream().map(Provider::type).toList()) + "."));
    }

    private static <S> S as(Class<S> part, AutoCloseable storage, String key) {
        if (part.isInstance(storage)) {
            return part.cast(storage);
        }
        throw new SettingsProblem(key + " names a storage that cannot be used for that.");
    }
}
