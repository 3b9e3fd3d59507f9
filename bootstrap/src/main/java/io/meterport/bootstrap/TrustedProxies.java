package io.meterport.bootstrap;

import io.meterport.bootstrap.settings.Network;
import java.util.List;
import java.util.function.Predicate;

/** Which addresses are those of proxies that are believed. Immutable and thread-safe. */
final class TrustedProxies implements Predicate<String> {
    private final List<Network> networks;

    TrustedProxies(List<String> networks) {
        this.networks = networks.stream().map(Network::of).toList();
    }

    @Override
    public boolean test(String address) {
        return networks.stream().anyMatch(network -> network.holds(address));
    }
}
