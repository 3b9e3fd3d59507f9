package io.meterport.bootstrap.ledger;

import io.meterport.bootstrap.ledger.Entry.Kind;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * What clients write down while they work: before they send, and after they were answered, each
 * line on the disk before they go on. Thread-safe.
 */
public final class Ledger implements AutoCloseable {
    /** How many subjects the clients send events of. */
    public static final int SUBJECTS = 8;

    private final Journal journal;
    private final Path path;
    private final AtomicLong batches = new AtomicLong();
    private final AtomicLongArray sent = new AtomicLongArray(SUBJECTS);
    private final AtomicLongArray acked = new AtomicLongArray(SUBJECTS);
    /** Where several clients send the same batches, what is new in them counts once. */
    private final Set<String> everSent = ConcurrentHashMap.newKeySet();

    private final Set<String> everAcked = ConcurrentHashMap.newKeySet();
    private final Collection<String> violations = new ConcurrentLinkedQueue<>();

    /**
     * @param path the journal's file, which must not be there yet
     */
    public Ledger(Path path) {
        this.path = path;
        this.journal = new Journal(path);
    }

    /** All that has been written down so far. */
    public Account account() {
        return Account.read(path);
    }

    /** What clients saw that must not be. */
    public Collection<String> violations() {
        return violations;
    }

    /** How many batches have been begun. */
    public long batches() {
        return batches.get();
    }

    void violated(String what) {
        violations.add(what);
    }

    /** A batch will be sent from now on, until it is acknowledged; returns its name. */
    String sending(Traffic.Batch batch) {
        String name = String.valueOf(batches.incrementAndGet());
        add(Kind.SENT, name, batch.json());
        if (everSent.add(batch.json())) {
            addAll(sent, batch.fresh());
        }
        return name;
    }

    void acked(String name, Traffic.Batch batch) {
        add(Kind.ACKED, name, "");
        if (everAcked.add(batch.json())) {
            addAll(acked, batch.fresh());
        }
    }

    void failed(String key, String why) {
        add(Kind.FAILED, key, why.replaceAll("\\s+", " "));
    }

    void made(String token, String subject, String secret) {
        add(Kind.TOKEN, token, subject + " " + secret);
    }

    void revoking(String key) {
        add(Kind.REVOKING, key, "");
    }

    void revoked(String key) {
        add(Kind.REVOKED, key, "");
    }

    void asked(String token, long sentAt, int status) {
        journal.append(new Entry(Kind.ASKED, sentAt, token, String.valueOf(status)));
    }

    /** How many events of that subject are surely stored. */
    long stored(int subject) {
        return acked.get(subject);
    }

    /** How many events of that subject may be stored. */
    long tried(int subject) {
        return sent.get(subject);
    }

    @Override
    public void close() {
        journal.close();
    }

    private void add(Kind kind, String key, String text) {
        journal.append(new Entry(kind, System.nanoTime(), key, text));
    }

    private static void addAll(AtomicLongArray to, int[] counts) {
        Arrays.setAll(counts, i -> {
            to.addAndGet(i, counts[i]);
            return counts[i];
        });
    }
}
