package io.meterport.bootstrap.settings;

import java.net.InetAddress;
import java.util.Optional;

/** Networks as they are written: an address, or an address and the length of its prefix. */
final class Network {
    private Network() {}

    /** Whether the text spells one. */
    static boolean isNetwork(String text) {
        int slash = text.indexOf('/');
        if (slash < 0) {
            return Parse.address(text).isPresent();
        }
        Optional<InetAddress> address = Parse.address(text.substring(0, slash));
        return address.flatMap(found -> Parse.number(0, found.getAddress().length * 8)
                        .apply(text.substring(slash + 1)))
                .isPresent();
    }
}
