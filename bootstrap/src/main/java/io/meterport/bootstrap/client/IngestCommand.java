package io.meterport.bootstrap.client;

import io.meterport.bootstrap.client.EventTexts.EventText;
import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Sends a file of events. */
@Command(
        name = "ingest",
        mixinStandardHelpOptions = true,
        description =
                "Sends events, as CloudEvents in a JSON array or one JSON object a line (NDJSON),"
                        + " in batches. Sending the same again is harmless: an event counts once.")
public final class IngestCommand implements Callable<Integer> {
    private static final String STANDARD_INPUT = "-";
    private static final int BUFFER = 1 << 16;

    private final Surroundings around;

    @Mixin
    private final ServerOptions server = new ServerOptions();

    private String file = STANDARD_INPUT;

    public IngestCommand(Surroundings around) {
        this.around = around;
    }

    @Parameters(paramLabel = "FILE", description = "The file, or - for standard input.")
    void file(String name) {
        file = name;
    }

    @Override
    public Integer call() {
        try (Counting in = new Counting(open());
                Server open = server.open(around)) {
            Progress progress = new Progress(around.err(), around.terminal(), size());
            progress.done(send(in, new Batches(open, progress), progress));
            return 0;
        } catch (IOException e) {
            throw new CommandFailure("The input cannot be read.");
        }
    }

    private static long send(Counting in, Batches batches, Progress progress) throws IOException {
        EventTexts events = new EventTexts(new BufferedInputStream(in, BUFFER));
        List<EventText> batch = new ArrayList<>();
        long bytes = 0;
        long sent = 0;
        for (Optional<EventText> next = events.next(); next.isPresent(); next = events.next()) {
            int length = next.get().bytes().length;
            if (batch.size() == Batches.MOST_EVENTS || bytes + length > Batches.MOST_BYTES) {
                sent = flush(batch, batches, progress, sent, in.count);
                bytes = 0;
            }
            batch.add(next.get());
            bytes += length;
        }
        return flush(batch, batches, progress, sent, in.count);
    }

    private static long flush(
            List<EventText> batch, Batches batches, Progress progress, long sent, long read) {
        if (batch.isEmpty()) {
            return sent;
        }
        batches.send(batch);
        long now = sent + batch.size();
        batch.clear();
        progress.sent(now, read);
        return now;
    }

    private InputStream open() throws IOException {
        if (file.equals(STANDARD_INPUT)) {
            return around.in();
        }
        Path path = Path.of(file);
        if (!Files.isReadable(path) || Files.isDirectory(path)) {
            throw new CommandFailure("The file " + file + " does not exist or cannot be read.");
        }
        return Files.newInputStream(path);
    }

    private OptionalLong size() throws IOException {
        return file.equals(STANDARD_INPUT)
                ? OptionalLong.empty()
                : OptionalLong.of(Files.size(Path.of(file)));
    }

    /** Counts what has been read. */
    private static final class Counting extends FilterInputStream {
        private long count;

        Counting(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            int read = super.read();
            count += read < 0 ? 0 : 1;
            return read;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int read = super.read(bytes, offset, length);
            count += Math.max(0, read);
            return read;
        }
    }
}
