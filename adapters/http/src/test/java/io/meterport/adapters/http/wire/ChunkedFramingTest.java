package io.meterport.adapters.http.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ChunkedFramingTest {
    private static final List<String> CHUNKS = List.of("a", "bb".repeat(20), "\r\n0\r\n\r\n", "c");

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 1_000})
    void takesWhatIsRightInAnyPieces(int piece) {
        assertThat(isWrong(body(), piece)).isFalse();
        assertThat(isWrong(body() + "GET / HTTP/1.1\r\n", piece)).isFalse();
        assertThat(isWrong("0\r\n\r\n", piece)).isFalse();
        assertThat(isWrong("000aF\r\n" + "x".repeat(175) + "\r\n0\r\n\r\n", piece))
                .isFalse();
    }

    /** Whatever byte of the framing is another one, it is noticed; the data may be anything. */
    @ParameterizedTest
    @ValueSource(ints = {1, 5, 1_000})
    void noticesEachByteOfTheFramingThatIsWrong(int piece) {
        String right = "2\r\nab\r\n0\r\n\r\n";
        for (int at = 0; at < right.length(); at++) {
            boolean isData = at == 3 || at == 4;
            for (char other : new char[] {'+', ' ', 'X', '\n', '\0', '\u00ff'}) {
                if (other != right.charAt(at)) {
                    String text = right.substring(0, at) + other + right.substring(at + 1);
                    assertThat(isWrong(text, piece)).as(text).isEqualTo(!isData);
                }
            }
        }
    }

    private static String body() {
        StringBuilder body = new StringBuilder();
        CHUNKS.forEach(chunk -> body.append(Integer.toHexString(chunk.length()))
                .append("\r\n")
                .append(chunk)
                .append("\r\n"));
        return body + "0\r\n\r\n";
    }

    private static boolean isWrong(String text, int piece) {
        ChunkedFraming framing = new ChunkedFraming();
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        for (int at = 0; at < bytes.length; at += piece) {
            framing.read(Arrays.copyOfRange(bytes, at, Math.min(bytes.length, at + piece)));
        }
        return framing.isWrong();
    }
}
