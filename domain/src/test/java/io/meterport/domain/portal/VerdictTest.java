package io.meterport.domain.portal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meterport.domain.meter.MeterId;
import io.meterport.domain.meter.MeterSlug;
import io.meterport.domain.subject.Namespace;
import io.meterport.domain.subject.SubjectKey;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class VerdictTest {
    private static final Instant NOON = Instant.parse("2025-03-05T12:00:00Z");
    private static final Instant EXPIRY = NOON.plusSeconds(3_600);
    private static final TokenSecret SECRET =
            TokenSecret.of(TokenSecret.Kind.PORTAL, "01ARZ3NDEKTSV4RRFFQ69G5FAV", new byte[32]);

    @Test
    void holdsUntilTheMomentOfExpiry() {
        Verdict verdict = verdict(false, Watermarks.NONE);

        assertThat(verdict.holds(NOON)).isTrue();
        assertThat(verdict.holds(EXPIRY.minusNanos(1))).isTrue();
        assertThat(verdict.holds(EXPIRY)).isFalse();
        assertThat(verdict.holds(Instant.MAX)).isFalse();
    }

    @Test
    void endsWithItsOwnRevocationOrOneOfItsCircles() {
        assertThat(verdict(true, Watermarks.NONE).holds(NOON)).isFalse();
        assertThat(verdict(false, new Watermarks(0, 0, 0, 6, 0)).holds(NOON)).isFalse();
        assertThat(verdict(false, new Watermarks(5, 5, 5, 5, 5)).holds(NOON)).isTrue();
    }

    @Test
    void isOpenedByItsSecretOnly() {
        byte[] random = new byte[32];
        random[31] = 1;
        TokenSecret other = TokenSecret.of(TokenSecret.Kind.PORTAL, SECRET.id(), random);
        TokenSecret another =
                TokenSecret.of(TokenSecret.Kind.PORTAL, "01ARZ3NDEKTSV4RRFFQ69G5FAW", new byte[32]);

        assertThat(verdict(false, Watermarks.NONE).isOpenedBy(SECRET)).isTrue();
        assertThat(verdict(false, Watermarks.NONE).isOpenedBy(other)).isFalse();
        assertThat(verdict(false, Watermarks.NONE).isOpenedBy(another)).isFalse();
    }

    @Test
    void keepsItsHashToItself() {
        Verdict verdict = verdict(false, Watermarks.NONE);

        verdict.hash()[0]++;

        assertThat(verdict.isOpenedBy(SECRET)).isTrue();
        assertThat(verdict.toString()).isEqualTo("Verdict[01ARZ3NDEKTSV4RRFFQ69G5FAV, head 5]");
    }

    @Test
    void allowsEveryMeterOrOnlySome() {
        MeterId one = new MeterId("01ARZ3NDEKTSV4RRFFQ69G5FAV");
        MeterId two = new MeterId("01ARZ3NDEKTSV4RRFFQ69G5FAW");
        Map<MeterId, MeterSlug> meters = new LinkedHashMap<>();
        meters.put(one, new MeterSlug("one"));
        MeterScope only = new MeterScope.Only(meters);
        meters.put(two, new MeterSlug("two"));

        assertThat(new MeterScope.Every().allows(two)).isTrue();
        assertThat(only.allows(one)).isTrue();
        assertThat(only.allows(two)).isFalse();
        assertThatThrownBy(() -> new MeterScope.Only(Map.of()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static Verdict verdict(boolean revoked, Watermarks watermarks) {
        PortalToken token = new PortalToken(
                new TokenId(SECRET.id()),
                Namespace.DEFAULT,
                new SubjectKey("alice"),
                new MeterScope.Every(),
                5,
                NOON,
                EXPIRY,
                Optional.empty());
        return new Verdict(token, SECRET.hash(Namespace.DEFAULT), revoked, watermarks, 5);
    }
}
