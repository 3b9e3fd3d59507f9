package io.meterport.bootstrap.settings;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NetworkTest {
    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8, 10.255.1.2, true",
        "10.0.0.0/8, 11.0.0.0, false",
        "192.0.2.128/25, 192.0.2.127, false",
        "192.0.2.128/25, 192.0.2.255, true",
        "192.0.2.1, 192.0.2.1, true",
        "192.0.2.1, 192.0.2.2, false",
        "0.0.0.0/0, 203.0.113.9, true",
        "2001:db8::/32, 2001:db8:1::1, true",
        "2001:db8::/32, 2001:db9::1, false",
        "10.0.0.0/8, ::1, false",
        "10.0.0.0/8, no-address, false",
    })
    void holdsTheAddressesThatShareItsPrefix(String network, String address, boolean holds) {
        assertThat(Network.of(network).holds(address)).isEqualTo(holds);
    }

    @Test
    void aPrefixLongerThanAnAddressIsNoNetwork() {
        assertThat(Network.isNetwork("10.0.0.0/33")).isFalse();
        assertThat(Network.isNetwork("10.0.0.0/32")).isTrue();
    }
}
