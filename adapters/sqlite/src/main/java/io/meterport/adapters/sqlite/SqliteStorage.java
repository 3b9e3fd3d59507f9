package io.meterport.adapters.sqlite;

import io.meterport.adapters.sqlite.catalog.BuildSweep;
import io.meterport.adapters.sqlite.catalog.LiveMeters;
import io.meterport.adapters.sqlite.catalog.RevocationHead;
import io.meterport.adapters.sqlite.catalog.SqliteAudit;
import io.meterport.adapters.sqlite.catalog.SqliteClock;
import io.meterport.adapters.sqlite.catalog.SqliteKeys;
import io.meterport.adapters.sqlite.catalog.SqliteMeters;
import io.meterport.adapters.sqlite.catalog.SqliteRevocations;
import io.meterport.adapters.sqlite.catalog.SqliteSubjects;
import io.meterport.adapters.sqlite.catalog.SqliteTokens;
import io.meterport.adapters.sqlite.catalog.TokenPurge;
import io.meterport.adapters.sqlite.event.Dictionaries;
import io.meterport.adapters.sqlite.event.EventRuns;
import io.meterport.adapters.sqlite.event.EventWriter;
import io.meterport.adapters.sqlite.event.OldEvents;
import io.meterport.adapters.sqlite.event.PendingErasures;
import io.meterport.adapters.sqlite.event.RecentHours;
import io.meterport.adapters.sqlite.event.SqliteBuilds;
import io.meterport.adapters.sqlite.event.SqliteChanges;
import io.meterport.adapters.sqlite.event.SqliteErasure;
import io.meterport.adapters.sqlite.event.SqliteEvents;
import io.meterport.adapters.sqlite.event.SqliteHistory;
import io.meterport.adapters.sqlite.event.SqliteRetention;
import io.meterport.adapters.sqlite.event.StoredHorizon;
import io.meterport.adapters.sqlite.file.DatabaseFile;
import io.meterport.adapters.sqlite.file.Kept;
import io.meterport.adapters.sqlite.file.Readers;
import io.meterport.adapters.sqlite.file.Restoration;
import io.meterport.adapters.sqlite.file.SqliteBackups;
import io.meterport.adapters.sqlite.file.SqliteOptions;
import io.meterport.adapters.sqlite.file.Writer;
import io.meterport.adapters.sqlite.key.KeySalt;
import io.meterport.adapters.sqlite.key.KeyUpkeep;
import io.meterport.adapters.sqlite.key.KnownKeys;
import io.meterport.adapters.sqlite.move.SqliteContents;
import io.meterport.adapters.sqlite.usage.SqliteUsage;
import io.meterport.adapters.sqlite.verify.AllRows;
import io.meterport.adapters.sqlite.verify.SqliteVerification;
import io.meterport.application.spi.ApiKeyStore;
import io.meterport.application.spi.AuditLog;
import io.meterport.application.spi.Backups;
import io.meterport.application.spi.CatalogStorage;
import io.meterport.application.spi.ClockMark;
import io.meterport.application.spi.Erasure;
import io.meterport.application.spi.EventReader;
import io.meterport.application.spi.EventStorage;
import io.meterport.application.spi.EventStore;
import io.meterport.application.spi.MeterBuilds;
import io.meterport.application.spi.MeterStore;
import io.meterport.application.spi.Movable;
import io.meterport.application.spi.PortalTokenStore;
import io.meterport.application.spi.Retention;
import io.meterport.application.spi.RevocationLog;
import io.meterport.application.spi.SubjectStore;
import io.meterport.application.spi.UsageChanges;
import io.meterport.application.spi.UsageReader;
import io.meterport.application.spi.Verification;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Everything in one SQLite file: events, rollups, definitions, tokens and keys. One thread writes,
 * many read; an acknowledged write is on the disk. Thread-safe.
 */
public final class SqliteStorage implements EventStorage, CatalogStorage, Backups {
    /** Whom the audit names where nobody asked. */
    private static final String RESTORE = "restore";

    private final DatabaseFile file;
    private final Readers readers;
    private final Writer writer;
    private final RevocationHead head = new RevocationHead();
    private final EventStore events;
    private final EventReader history;
    private final UsageReader usage;
    private final MeterBuilds builds;
    private final SqliteChanges changes;
    private final Retention retention;
    private final Erasure erasure;
    private final Verification verification;
    private final Backups backups;
    private final Movable contents;
    private final MeterStore meters;
    private final SubjectStore subjects;
    private final PortalTokenStore tokens;
    private final RevocationLog revocations;
    private final ApiKeyStore keys;
    private final AuditLog audit;
    private final ClockMark clock;
    private boolean closed;

    private SqliteStorage(DatabaseFile file, InstantSource time) {
        LiveMeters live = new LiveMeters();
        Dictionaries dictionaries = new Dictionaries();
        this.file = file;
        this.readers = new Readers(file);
        this.changes = new SqliteChanges(readers);
        RecentHours recent = new RecentHours(live, time);
        KnownKeys keys = new KnownKeys();
        KeyUpkeep keyUpkeep = new KeyUpkeep(keys);
        KeySalt salt = new KeySalt();
        StoredHorizon horizon = new StoredHorizon();
        EventRuns runs = new EventRuns();
        EventWriter eventWriter = new EventWriter(
                live,
                dictionaries,
                keys,
                changes,
                recent,
                horizon,
                file.options().combinations(),
                file.options().subjects(),
                runs,
                time);
        PendingErasures erasures = new PendingErasures(live, dictionaries, changes);
        List<Kept> kept =
                new ArrayList<>(List.of(live, head, salt, keys, keyUpkeep, erasures.kept()));
        kept.addAll(dictionaries.kept());
        kept.addAll(eventWriter.kept());
        this.writer = new Writer(
                file,
                readers,
                kept,
                List.of(
                        keyUpkeep,
                        runs,
                        recent,
                        new BuildSweep(),
                        new TokenPurge(time),
                        erasures,
                        new OldEvents(horizon)));
        this.events = new SqliteEvents(writer, eventWriter, salt);
        this.history = new SqliteHistory(readers, horizon, file.options().rawBudget());
        this.usage = new SqliteUsage(readers, horizon, file.options().rawBudget());
        this.builds = new SqliteBuilds(readers, writer, eventWriter);
        this.retention = new SqliteRetention(readers, writer, horizon);
        this.erasure = new SqliteErasure(writer, erasures);
        this.verification = new SqliteVerification(readers, horizon);
        this.backups = new SqliteBackups(file, readers, AllRows::check);
        this.contents = new SqliteContents(readers, writer, recent);
        this.meters = new SqliteMeters(readers, writer, live);
        this.subjects = new SqliteSubjects(readers, writer);
        this.tokens = new SqliteTokens(readers, writer);
        this.revocations = new SqliteRevocations(writer, head);
        this.keys = new SqliteKeys(readers, writer);
        this.audit = new SqliteAudit(readers);
        this.clock = new SqliteClock(readers, writer);
    }

    /** Whether there is a database already. */
    public static boolean exists(SqliteOptions options) {
        return Files.exists(DatabaseFile.place(options.path()));
    }

    /**
     * Opens the file, made if there is none, and holds it until {@link #close}.
     *
     * @throws IllegalStateException with a sentence for the operator if another process has the
     *     file, a newer Meterport wrote it, or it cannot be used
     */
    public static SqliteStorage open(SqliteOptions options, InstantSource time) {
        DatabaseFile file = DatabaseFile.open(options);
        try {
            return new SqliteStorage(file, time);
        } catch (RuntimeException e) {
            file.close();
            throw e;
        }
    }

    /**
     * Puts a backup in place while nothing runs, and ends every portal token in it: it cannot know
     * which were revoked after it was made.
     *
     * @param aside where to move a database that is there; absent: there must be none
     * @param at the time now
     * @param longestLife no token lives longer, by today's settings
     * @return the database
     * @throws IllegalStateException with a sentence for the operator if it cannot be done
     */
    public static Path restore(
            Path backup,
            SqliteOptions options,
            Optional<Path> aside,
            Instant at,
            Duration longestLife) {
        Restoration restoration = new Restoration(options, AllRows::check);
        restoration.restore(
                backup,
                aside,
                session -> SqliteRevocations.endAll(session.handle(), RESTORE, at, longestLife));
        return restoration.path();
    }

    @Override
    public Copy copyTo(Path copy) {
        return backups.copyTo(copy);
    }

    /** All that is in it, for another storage; nobody may be writing to it meanwhile. */
    public Movable contents() {
        return contents;
    }

    @Override
    public EventStore events() {
        return events;
    }

    @Override
    public EventReader history() {
        return history;
    }

    @Override
    public UsageReader usage() {
        return usage;
    }

    @Override
    public MeterBuilds builds() {
        return builds;
    }

    @Override
    public UsageChanges changes() {
        return changes;
    }

    @Override
    public Retention retention() {
        return retention;
    }

    @Override
    public Erasure erasure() {
        return erasure;
    }

    @Override
    public Verification verification() {
        return verification;
    }

    @Override
    public MeterStore meters() {
        return meters;
    }

    @Override
    public SubjectStore subjects() {
        return subjects;
    }

    @Override
    public PortalTokenStore tokens() {
        return tokens;
    }

    @Override
    public RevocationLog revocations() {
        return revocations;
    }

    @Override
    public ApiKeyStore keys() {
        return keys;
    }

    @Override
    public AuditLog audit() {
        return audit;
    }

    @Override
    public ClockMark clock() {
        return clock;
    }

    /** Finishes what was accepted, and leaves everything in one file. */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        writer.finish();
        readers.close();
        writer.close();
        file.close();
    }
}
