package io.meterport.domain.portal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meterport.domain.portal.TokenSecret.Kind;
import io.meterport.domain.problem.ProblemException;
import io.meterport.domain.subject.Namespace;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class TokenSecretTest {
    private static final String ID = "01ARZ3NDEKTSV4RRFFQ69G5FAV";
    private static final String DIGITS =
            "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    @Property(tries = 300)
    void readsWhatItWrote(@ForAll @Size(32) byte[] random) {
        for (Kind kind : Kind.values()) {
            TokenSecret secret = TokenSecret.of(kind, ID, random);

            TokenSecret read = TokenSecret.parse(kind, secret.text()).orElseThrow();

            assertThat(read.id()).isEqualTo(ID);
            assertThat(read.kind()).isEqualTo(kind);
            assertThat(read.text()).isEqualTo(secret.text());
            assertThat(read.hash(Namespace.DEFAULT)).isEqualTo(secret.hash(Namespace.DEFAULT));
        }
    }

    @Test
    void hasOneFormAndOneLength() {
        assertThat(sample(0).text())
                .startsWith("om_portal_" + ID + "." + "0".repeat(43))
                .hasSize(10 + 26 + 1 + 43 + 6);
        assertThat(TokenSecret.of(Kind.API_KEY, ID, new byte[32]).text()).startsWith("om_sk_" + ID);
        byte[] most = new byte[32];
        Arrays.fill(most, (byte) -1);
        assertThat(TokenSecret.of(Kind.PORTAL, ID, most).text()).hasSize(86);
    }

    @Test
    void refusesEveryTextInWhichOneCharacterIsAnother() {
        String text = sample(7).text();
        for (int i = 0; i < text.length(); i++) {
            for (char other : (DIGITS + ". _-+/=%\u0000é").toCharArray()) {
                if (other != text.charAt(i)) {
                    String flipped = text.substring(0, i) + other + text.substring(i + 1);
                    assertThat(TokenSecret.parse(Kind.PORTAL, flipped))
                            .as(flipped)
                            .isEmpty();
                }
            }
        }
    }

    @Test
    void refusesEveryTextThatIsShorterOrLonger() {
        String text = sample(7).text();
        for (int length = 0; length < text.length(); length++) {
            assertThat(TokenSecret.parse(Kind.PORTAL, text.substring(0, length)))
                    .isEmpty();
            assertThat(TokenSecret.parse(Kind.PORTAL, text.substring(length + 1)))
                    .isEmpty();
            String without = text.substring(0, length) + text.substring(length + 1);
            assertThat(TokenSecret.parse(Kind.PORTAL, without)).isEmpty();
        }
        for (String more : List.of(" ", "0", "\n", "=", ".", "\u0000")) {
            assertThat(TokenSecret.parse(Kind.PORTAL, text + more)).isEmpty();
            assertThat(TokenSecret.parse(Kind.PORTAL, more + text)).isEmpty();
        }
    }

    @Test
    void refusesTwoCharactersThatChangedPlaces() {
        String text = sample(7).text();
        for (int i = 0; i + 1 < text.length(); i++) {
            if (text.charAt(i) != text.charAt(i + 1)) {
                String swapped = text.substring(0, i)
                        + text.charAt(i + 1)
                        + text.charAt(i)
                        + text.substring(i + 2);
                assertThat(TokenSecret.parse(Kind.PORTAL, swapped)).as(swapped).isEmpty();
            }
        }
    }

    @Test
    void refusesACredentialOfAnotherKind() {
        assertThat(TokenSecret.parse(Kind.API_KEY, sample(7).text())).isEmpty();
        assertThat(TokenSecret.parse(Kind.PORTAL, "om_sk_" + sample(7).text().substring(10)))
                .isEmpty();
    }

    @Test
    void refusesAnotherLetterCase() {
        assertThat(TokenSecret.parse(Kind.PORTAL, sample(7).text().toLowerCase(Locale.ROOT)))
                .isEmpty();
        assertThat(TokenSecret.parse(Kind.PORTAL, sample(7).text().toUpperCase(Locale.ROOT)))
                .isEmpty();
    }

    @Test
    void matchesOnlyItsOwnHashInItsOwnNamespace() {
        TokenSecret one = sample(1);
        TokenSecret two = sample(2);

        assertThat(one.matches(Namespace.DEFAULT, one.hash(Namespace.DEFAULT))).isTrue();
        assertThat(one.matches(Namespace.DEFAULT, two.hash(Namespace.DEFAULT))).isFalse();
        assertThat(one.matches(new Namespace("other"), one.hash(Namespace.DEFAULT)))
                .isFalse();
        assertThat(one.matches(Namespace.DEFAULT, new byte[0])).isFalse();
        assertThat(one.hash(Namespace.DEFAULT)).hasSize(32);
    }

    @Test
    void neverShowsTheSecretByAccident() {
        assertThat(sample(7)).hasToString("om_portal_" + ID + ".…");
    }

    @Test
    void isMadeOfAUlidAnd32Bytes() {
        assertThatThrownBy(() -> TokenSecret.of(Kind.PORTAL, ID, new byte[31]))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> TokenSecret.of(Kind.PORTAL, "id", new byte[32]))
                .isInstanceOf(ProblemException.class);
    }

    private static TokenSecret sample(int seed) {
        byte[] random = new byte[32];
        for (int i = 0; i < random.length; i++) {
            random[i] = (byte) (seed * (i + 1) * 37);
        }
        return TokenSecret.of(Kind.PORTAL, ID, random);
    }
}
