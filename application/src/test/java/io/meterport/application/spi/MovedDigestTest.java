package io.meterport.application.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MovedDigestTest {
    @Test
    void isTheSameInAnyOrderOfRows() {
        MovedDigest digest = digest(row("1", "a"), row("2", "b"), row("3", "c"));

        assertThat(digest.differsFrom(digest(row("3", "c"), row("1", "a"), row("2", "b"))))
                .isEmpty();
        assertThat(digest.of(MovedTable.NAMESPACE).rows()).isEqualTo(3);
        assertThat(digest.of(MovedTable.NAMESPACE).digest()).hasSize(64);
    }

    @Test
    void isAnotherWhereARowIsMissingDoubledOrChanged() {
        MovedDigest digest = digest(row("1", "a"), row("2", "b"));

        for (MovedDigest other : List.of(
                digest(row("1", "a")),
                digest(row("1", "a"), row("2", "b"), row("2", "b")),
                digest(row("1", "b"), row("2", "a")),
                digest(row("1", "a"), row("2", "")),
                digest(row("1", "a"), List.of(Optional.of("2"), Optional.empty())),
                digest(row("1a", ""), row("2", "b")),
                new MovedDigest())) {
            assertThat(digest.differsFrom(other)).contains(MovedTable.NAMESPACE);
        }
    }

    @Test
    void refusesRowsThatAreNoneOfTheirTable() {
        MovedDigest digest = new MovedDigest();

        assertThatThrownBy(() -> digest.add(MovedTable.CATALOG, row("1", "2")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @SafeVarargs
    private static MovedDigest digest(List<Optional<String>>... rows) {
        MovedDigest digest = new MovedDigest();
        for (List<Optional<String>> row : rows) {
            digest.add(MovedTable.NAMESPACE, row);
        }
        return digest;
    }

    private static List<Optional<String>> row(String... cells) {
        List<Optional<String>> row = new ArrayList<>();
        for (String cell : cells) {
            row.add(Optional.of(cell));
        }
        return row;
    }
}
