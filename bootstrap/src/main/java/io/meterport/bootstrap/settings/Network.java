package io.meterport.bootstrap.settings;

import java.net.InetAddress;
import java.util.Optional;

/**
 * A network as it is written: an address, or an address and the length of its prefix.
 *
 * @param address any address of the network
 * @param prefix how many leading bits all its addresses have in common
 */
public record Network(InetAddress address, int prefix) {
    /**
     * The network that the text spells.
     *
     * @throws IllegalArgumentException if it spells none
     */
    public static Network of(String text) {
        return parse(text).orElseThrow(() -> new IllegalArgumentException("no network"));
    }

    /** Whether the text spells one. */
    static boolean isNetwork(String text) {
        return parse(text).isPresent();
    }

    /** Whether the text is an address of the network. */
    public boolean holds(String text) {
        return Parse.address(text).filter(this::holds).isPresent();
    }

    private boolean holds(InetAddress other) {
        byte[] ours = address.getAddress();
        byte[] theirs = other.getAddress();
        if (ours.length != theirs.length) {
            return false;
        }
        for (int bit = 0; bit < prefix; bit++) {
            int mask = 0x80 >> (bit % 8);
            if (((ours[bit / 8] ^ theirs[bit / 8]) & mask) != 0) {
                return false;
            }
        }
        return true;
    }

    private static Optional<Network> parse(String text) {
        int slash = text.indexOf('/');
        if (slash < 0) {
            return Parse.address(text)
                    .map(found -> new Network(found, found.getAddress().length * 8));
        }
        return Parse.address(text.substring(0, slash))
                .flatMap(found -> Parse.number(0, found.getAddress().length * 8)
                        .apply(text.substring(slash + 1))
                        .map(prefix -> new Network(found, prefix)));
    }
}
