package io.meterport.bootstrap.bench;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;

/**
 * Requests with events of workload W whose ids nobody has sent before. A few are made beforehand
 * and get new ids each time they are sent, which costs next to nothing while the clock runs. A
 * request can be made again from its number, so that what was refused can be sent once more.
 */
final class FreshEvents implements Requests {
    private static final int BATCHES_MADE = 16;
    private static final int SINGLES_MADE = 256;
    private static final String ID = "\"id\":\"";
    private static final String TOKENS = "\"tokens\":";
    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    /** A request, where its ids lie, and what its values sum up to. */
    private record Made(byte[] request, int[] idsAt, long tokens) {
        static Made of(byte[] request) {
            String text = new String(request, StandardCharsets.US_ASCII);
            List<Integer> ids = new ArrayList<>();
            long tokens = 0;
            for (int at = text.indexOf(ID); at >= 0; at = text.indexOf(ID, at)) {
                at += ID.length();
                ids.add(at);
                int from = text.indexOf(TOKENS, at) + TOKENS.length();
                tokens += Long.parseLong(text, from, text.indexOf(',', from), 10);
            }
            return new Made(request, ids.stream().mapToInt(Integer::intValue).toArray(), tokens);
        }

        void writeIds(SplittableRandom random) {
            for (int at : idsAt) {
                long bits = 0;
                for (int i = 0; i < 36; i++) {
                    if (i == 8 || i == 13 || i == 18 || i == 23) {
                        continue; // A hyphen.
                    }
                    bits = bits == 0 ? random.nextLong() | Long.MIN_VALUE : bits;
                    request[at + i] = HEX[(int) (bits & 15)];
                    bits >>>= 4;
                }
            }
        }
    }

    private record Number(int made, long seed) {}

    private final Made[] made;
    private final Tally tally;
    private final SplittableRandom seeds =
            new SplittableRandom(UUID.randomUUID().getMostSignificantBits());
    private final Deque<Number> again = new ArrayDeque<>();
    private int turn;
    private Number last = new Number(0, 0);

    private FreshEvents(byte[][] requests, Tally tally) {
        this.made = new Made[requests.length];
        for (int i = 0; i < made.length; i++) {
            made[i] = Made.of(requests[i]);
        }
        this.tally = tally;
    }

    /** Batches of that size. */
    static FreshEvents batches(String key, Workload work, int size, Tally tally) {
        byte[][] requests = new byte[BATCHES_MADE][];
        for (int i = 0; i < requests.length; i++) {
            requests[i] = Asked.batch(key, work.batch(size));
        }
        return new FreshEvents(requests, tally);
    }

    /** Single events. */
    static FreshEvents singles(String key, Workload work, Tally tally) {
        byte[][] requests = new byte[SINGLES_MADE][];
        for (int i = 0; i < requests.length; i++) {
            requests[i] = Asked.single(key, work.single());
        }
        return new FreshEvents(requests, tally);
    }

    @Override
    public byte[] next() {
        last = new Number(turn++ % made.length, seeds.nextLong());
        return written();
    }

    @Override
    public void acknowledged() {
        Made request = made[last.made()];
        tally.add(request.idsAt().length, request.tokens());
    }

    /** Keeps it to be sent again. */
    @Override
    public void refused() {
        again.add(last);
    }

    /** How many requests were refused and wait to be sent again. */
    int owed() {
        return again.size();
    }

    /** The first of the requests that were refused, which is owed no longer. */
    byte[] again() {
        last = again.remove();
        return written();
    }

    private byte[] written() {
        Made request = made[last.made()];
        request.writeIds(new SplittableRandom(last.seed()));
        return request.request();
    }
}
