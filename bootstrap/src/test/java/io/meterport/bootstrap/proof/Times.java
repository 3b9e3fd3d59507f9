package io.meterport.bootstrap.proof;

import java.util.ArrayList;
import java.util.List;

/** How long something took, again and again. */
final class Times {
    private final List<Long> nanos = new ArrayList<>();

    void add(long each) {
        nanos.add(each);
    }

    /** Half of them, nearly all and all of them took so long or less. */
    @Override
    public String toString() {
        return "p50 %.2f s, p99 %.2f s, most %.2f s"
                .formatted(seconds(0.50), seconds(0.99), seconds(1));
    }

    double seconds(double part) {
        List<Long> sorted = nanos.stream().sorted().toList();
        int index = (int) Math.ceil(part * sorted.size()) - 1;
        return sorted.get(Math.max(0, index)) / 1e9;
    }
}
