package io.meterport.adapters.http.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.helidon.http.BadRequestException;
import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.NotFoundException;
import io.meterport.application.Threat;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What Helidon does with bad HTTP is measured here again at every upgrade. */
@SuppressWarnings("StringConcatToTextBlock") // HTTP ends lines with CR LF, text blocks do not.
final class WireTest {
    private static final Header TEXT =
            HeaderValues.createCached(HeaderNames.CONTENT_TYPE, "text/plain");
    private static final int MOST_BODY = 1_000;
    private static final int MOST_CONNECTIONS = 10;
    private static final int LINES = 100_000;
    private static final int LINES_BYTES = 1_088_890;
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final ConcurrentLinkedQueue<RequestObserver.Answered> seen =
            new ConcurrentLinkedQueue<>();
    private Listeners listeners;

    @BeforeEach
    void start() {
        TimeLimits times = new TimeLimits(
                Duration.ofMillis(1_200),
                Duration.ofMillis(400),
                Duration.ofMillis(400),
                Duration.ofMillis(400));
        List<Path> paths = List.of(
                Path.of("/hello").get(exchange -> text("hello")),
                Path.of("/admin").get(exchange -> text("ADMIN")),
                Path.of("/large").get(exchange -> text("x".repeat(50_000_000))),
                Path.of("/file").get(exchange -> Answer.written(TEXT, WireTest::lines, 50_000_000)),
                failing("/bug", () -> new IllegalStateException("secret detail")),
                failing(
                        "/bug/io",
                        () -> new UncheckedIOException(new IOException("secret detail"))),
                failing("/bug/bad", () -> new BadRequestException("secret detail")),
                failing("/bug/missing", () -> new NotFoundException("secret detail")),
                Path.of("/bug/stack").get(exchange -> {
                    throw new StackOverflowError("secret detail");
                }),
                Path.of("/echo").post(exchange -> Answer.of(TEXT, exchange.body(MOST_BODY))),
                Path.of("/nothing").get(exchange -> Answer.noContent()),
                Path.of("/unchanged").get(exchange -> Answer.noContent().withStatus(304)),
                Path.of("/deaf").post(exchange -> text("not read")),
                Path.of("/things/{thing}").get(exchange -> text(exchange.pathValue("thing"))));
        listeners = new Listeners(
                List.of(new Listeners.Listener("127.0.0.1", 0, paths)),
                new ListenerSettings(times, MOST_CONNECTIONS, 1 << 20, Duration.ofSeconds(1)),
                new Cors(List.of("*"), List.of()),
                () -> "own-id",
                seen::add);
        listeners.start();
    }

    @AfterEach
    void stop() {
        listeners.close();
    }

    @Test
    void answersAndKeepsTheConnection() throws IOException {
        try (RawClient client = client()) {
            String first = client.send("GET /hello HTTP/1.1\r\nHost: x\r\n\r\n").answer();
            String second =
                    client.send("GET /hello HTTP/1.1\r\nHost: x\r\n\r\n").answer();

            assertThat(first).startsWith("HTTP/1.1 200 ").endsWith("\r\n\r\nhello");
            assertThat(second).isEqualTo(first);
        }
    }

    @Test
    void answersPipelinedRequestsInOrder() throws IOException {
        String get = "GET /things/%s HTTP/1.1\r\nHost: x\r\n\r\n";

        String received = all(get.formatted("a") + get.formatted("b") + closing("GET", "/hello"));

        assertThat(RawClient.statusLines(received)).hasSize(3);
        assertThat(received.indexOf("\r\n\r\na"))
                .isPositive()
                .isLessThan(received.indexOf("\r\n\r\nb"));
    }

    @Test
    void closesTheConnectionWhenAskedToAndServesNothingBehindThat() throws IOException {
        String received = all(closing("GET", "/hello") + closing("GET", "/admin"));

        assertThat(RawClient.statusLines(received)).hasSize(1);
        assertThat(received).contains("Connection: close").endsWith("hello");
    }

    @Test
    void letsAHeadAnswerHaveTheLengthAndNoBody() throws IOException {
        String received = all(closing("HEAD", "/hello"));

        assertThat(received).contains("Content-Length: 5").endsWith("\r\n\r\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "DELETE", "OPTIONS", "TRACE", "PATCH", "NONSENSE"})
    void refusesAnotherMethodAndNamesThoseThatWouldDo(String method) throws IOException {
        String received = all(closing(method, "/hello"));

        assertThat(received)
                .startsWith("HTTP/1.1 405 ")
                .contains("Allow: GET, HEAD\r\n")
                .contains("\"code\":\"method-not-allowed\"");
        assertIsProblem(received);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/none",
                "/hello/",
                "//hello",
                "/./hello",
                "/hello;x=1",
                "/things/",
                "/x/../hello",
                "*"
            })
    void knowsNoOtherPath(String path) throws IOException {
        String received = all(closing("GET", path));

        assertThat(received).startsWith("HTTP/1.1 404 ").contains("\"code\":\"unknown-route\"");
        assertIsProblem(received);
    }

    @Test
    void decodesASegmentOnceAndKeepsItWhole() throws IOException {
        assertThat(all(closing("GET", "/things/a%2Fb%3B%2e%2e%C3%A9+")))
                .endsWith("\r\n\r\na/b;..\u00c3\u00a9+");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/things/%",
                "/things/%4",
                "/things/%zz",
                "/things/%ff",
                "/things/%c0%af",
                "/things/\u00e9"
            })
    void refusesBrokenEscapes(String path) throws IOException {
        String received = all(closing("GET", path));

        assertThat(received).startsWith("HTTP/1.1 400 ").contains("\"code\":\"malformed-request\"");
        assertIsProblem(received);
    }

    @Test
    void takesAnAbsoluteTargetForItsPath() throws IOException {
        assertThat(all(closing("GET", "http://evil.example/hello"))).endsWith("hello");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Length: 4\r\nContent-Length: 4",
                "Content-Length: 4\r\nContent-Length: 5",
                "Content-Length: 4, 4",
                "Content-Length: +4",
                "Content-Length: -1",
                "Content-Length: 0x4",
                "Content-Length: 99999999999999999999",
                "Content-Length: 4\r\nTransfer-Encoding: chunked",
                "Transfer-Encoding: xchunked",
                "Transfer-Encoding: chunked, identity",
                "Transfer-Encoding: gzip, chunked",
                "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked",
                "Content-Length : 4",
                "Transfer-Encoding:\u000bchunked",
                "Folded: a\r\n b",
                "No-Colon",
                "Nul: a\u0000b",
                "Host: y"
            })
    void refusesABrokenHeadAndWhateverFollows(String headers) throws IOException {
        String received = all("POST /echo HTTP/1.1\r\nHost: x\r\n" + headers + "\r\n\r\nabcd"
                + closing("GET", "/admin"));

        assertThat(RawClient.statusLines(received))
                .singleElement()
                .asString()
                .startsWith("HTTP/1.1 400 ");
        assertThat(received).contains("\"code\":\"malformed-request\"").doesNotContain("ADMIN");
        assertIsProblem(received);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "4;a=b\r\nabcd\r\n0\r\n\r\n",
                "zz\r\nabcd\r\n0\r\n\r\n",
                "+4\r\nabcd\r\n0\r\n\r\n",
                " 4\r\nabcd\r\n0\r\n\r\n",
                "4 \r\nabcd\r\n0\r\n\r\n",
                "0x4\r\nabcd\r\n0\r\n\r\n",
                "4\r\nabcdXX0\r\n\r\n",
                "4\r\nabcd\r\n0\r\nXX",
                "4\nabcd\n0\n\n",
                "-4\r\nabcd\r\n0\r\n\r\n",
                "80000000\r\nabcd\r\n0\r\n\r\n",
                "4\r\nabcd\r\n0\r\nTrailer: x\r\n\r\n",
                "\r\n\r\n"
            })
    @Threat("H1")
    void answersABadChunkOnceAndNothingHiddenBehindIt(String body) throws IOException {
        String received = all("POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"
                + body + closing("GET", "/admin"));

        assertThat(RawClient.statusLines(received))
                .singleElement()
                .asString()
                .startsWith("HTTP/1.1 400 ");
        assertThat(received).contains("Connection: close").doesNotContain("ADMIN");
        assertIsProblem(received);
    }

    @ParameterizedTest
    @ValueSource(strings = {"+4\r\nabcd\r\n0\r\n\r\n", "4\r\nabcdXX0\r\n\r\n"})
    void answersABadChunkOnceThoughItComesByteByByte(String body) throws IOException {
        try (RawClient client = client()) {
            client.send("POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n");
            for (int at = 0; at < body.length(); at++) {
                client.send(body.substring(at, at + 1));
            }
            String received = client.send(closing("GET", "/admin")).everything();

            assertThat(RawClient.statusLines(received))
                    .singleElement()
                    .asString()
                    .startsWith("HTTP/1.1 400 ");
            assertThat(received).doesNotContain("ADMIN");
        }
    }

    @Test
    void servesNothingBehindABadChunkThatNobodyReads() throws IOException {
        String received = all("POST /deaf HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"
                + "4\r\nabcdXX0\r\n\r\n" + closing("GET", "/admin"));

        assertThat(RawClient.statusLines(received)).hasSize(1);
        assertThat(received).doesNotContain("ADMIN");
    }

    @Test
    void takesChunksThatAreRightInWhateverPiecesTheyCome() throws IOException {
        String request = "POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"
                + "4\r\nabcd\r\n00A\r\n0123456789\r\n0\r\n\r\n";
        String both = request + request + closing("GET", "/hello");
        for (int piece : new int[] {1, 7, 50, both.length()}) {
            try (RawClient client = client()) {
                for (int at = 0; at < both.length(); at += piece) {
                    client.send(both.substring(at, Math.min(both.length(), at + piece)));
                }
                String received = client.everything();

                assertThat(RawClient.statusLines(received)).as(piece + " bytes").hasSize(3);
                assertThat(received).contains("abcd0123456789").endsWith("hello");
            }
        }
    }

    @Test
    void givesNoLengthToAnAnswerThatHasNoBody() throws IOException {
        String received = all("GET /nothing HTTP/1.1\r\nHost: x\r\n\r\n"
                + "GET /unchanged HTTP/1.1\r\nHost: x\r\n\r\n" + closing("GET", "/hello"));

        assertThat(RawClient.statusLines(received))
                .containsExactly(
                        "HTTP/1.1 204 No Content", "HTTP/1.1 304 Not Modified", "HTTP/1.1 200 OK");
        assertThat(received.split("Content-Length", -1)).as("the last one's").hasSize(2);
    }

    @Test
    @Threat("E1")
    void refusesAnAnnouncedBodyThatIsTooLargeAndNothingHiddenInIt() throws IOException {
        String received = all("POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 5000\r\n\r\n"
                + closing("GET", "/admin").repeat(60));

        assertTooLarge(received);
    }

    @Test
    @Threat("E2")
    void refusesAChunkedBodyThatIsTooLargeAndNothingHiddenInIt() throws IOException {
        String chunk = "200\r\n" + "x".repeat(512) + "\r\n";

        String received = all("POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"
                + chunk + chunk + closing("GET", "/admin"));

        assertTooLarge(received);
    }

    @Test
    void refusesAHugeChunkWithoutWaitingForIt() throws IOException {
        try (RawClient client = client()) {
            client.send(
                    "POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n7fffffff\r\n");
            for (int i = 0; i < 20; i++) {
                client.send("x".repeat(100_000));
            }

            assertTooLarge(client.finish().everything());
        }
    }

    @Test
    void refusesAnEndlessChunkSize() throws IOException {
        try (RawClient client = client()) {
            client.send("POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n");
            for (int i = 0; i < 20; i++) {
                client.send("0".repeat(100_000));
            }

            assertTooLarge(client.finish().everything());
        }
    }

    @Test
    void refusesABodyThatEndsTooEarly() throws IOException {
        try (RawClient client = client()) {
            String received = client.send(
                            "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nabc")
                    .finish()
                    .everything();

            assertThat(received)
                    .startsWith("HTTP/1.1 400 ")
                    .contains("\"code\":\"malformed-request\"");
        }
    }

    @Test
    void refusesARequestLineThatIsTooLong() throws IOException {
        String received = all(closing("GET", "/hello?" + "x".repeat(17_000)));

        assertThat(received).startsWith("HTTP/1.1 414 ").contains("\"code\":\"uri-too-long\"");
        assertIsProblem(received);
    }

    @Test
    void takesALongRequestLine() throws IOException {
        assertThat(all(closing("GET", "/hello?" + "x".repeat(9_000)))).startsWith("HTTP/1.1 200 ");
    }

    @Test
    void refusesHeadersThatAreTooLong() throws IOException {
        String received =
                all("GET /hello HTTP/1.1\r\nHost: x\r\nX-Long: " + "x".repeat(17_000) + "\r\n\r\n");

        assertThat(received).startsWith("HTTP/1.1 400 ").contains("\"code\":\"malformed-request\"");
        assertIsProblem(received);
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "br", "gzip, gzip", "x"})
    @Threat("E9")
    void refusesAnEncodedBody(String encoding) throws IOException {
        String received =
                all("POST /echo HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Encoding: "
                        + encoding + "\r\nContent-Length: 4\r\n\r\nabcd");

        assertThat(received)
                .startsWith("HTTP/1.1 400 ")
                .contains("\"code\":\"unsupported-encoding\"");
    }

    @Test
    void doesNotUpgradeToAnotherProtocol() throws IOException {
        String received = all(
                "GET /hello HTTP/1.1\r\nHost: x\r\nConnection: Upgrade, HTTP2-Settings, close\r\n"
                        + "Upgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAoAAAAAIAAAAA\r\n\r\n");

        assertThat(received).startsWith("HTTP/1.1 200 ").endsWith("hello");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /hello HTTP/1.0\r\n\r\n",
                "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
                "GET /hello\r\n\r\n"
            })
    void speaksOnlyHttp11(String request) throws IOException {
        assertThat(all(request)).startsWith("HTTP/1.1 400 ").contains("malformed-request");
    }

    @Test
    void keepsTheConnectionWhenABodyWasNotWanted() throws IOException {
        try (RawClient client = client()) {
            String first = client.send(
                            "POST /deaf HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\n\r\nabcd")
                    .answer();
            String second =
                    client.send("GET /hello HTTP/1.1\r\nHost: x\r\n\r\n").answer();

            assertThat(first).endsWith("not read");
            assertThat(second).endsWith("hello");
        }
    }

    @Test
    void sendsContinueOnlyToWhomItReads() throws IOException {
        String expecting =
                "POST %s HTTP/1.1\r\nHost: x\r\nConnection: close\r\nExpect: 100-continue\r\nContent-Length: 4\r\n\r\n";
        try (RawClient wanted = client();
                RawClient unwanted = client()) {
            String go = wanted.send(expecting.formatted("/echo")).answer();
            String echo = wanted.send("abcd").answer();
            String not = unwanted.send(expecting.formatted("/deaf")).finish().everything();

            assertThat(go).startsWith("HTTP/1.1 100 ");
            assertThat(echo).startsWith("HTTP/1.1 200 ").endsWith("abcd");
            assertThat(RawClient.statusLines(not))
                    .singleElement()
                    .asString()
                    .startsWith("HTTP/1.1 200 ");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/bug", "/bug/io", "/bug/bad", "/bug/missing", "/bug/stack"})
    void saysNothingAboutABug(String path) throws IOException {
        String received = all(closing("GET", path));

        assertThat(RawClient.statusLines(received)).hasSize(1);
        assertThat(received)
                .startsWith("HTTP/1.1 500 ")
                .contains("\"code\":\"internal-error\"")
                .contains("\"instance\":\"urn:request:own-id\"")
                .doesNotContain("secret", "detail", "Exception");
        assertIsProblem(received);
    }

    @Test
    @Threat("H3")
    void servesTheNextConnectionsWhenSilentOnesFillThePlaces() throws IOException {
        List<RawClient> silent = new ArrayList<>();
        for (int i = 0; i < MOST_CONNECTIONS; i++) {
            silent.add(client());
        }

        String received = all(closing("GET", "/hello"));

        assertThat(received).endsWith("hello");
        for (RawClient client : silent) {
            client.close();
        }
    }

    @Test
    @Threat("H7")
    void forgetsConnectionsThatAreGone() throws IOException {
        for (int i = 0; i < 50; i++) {
            try (RawClient client = client()) {
                client.send(
                        i % 2 == 0
                                ? "GET /hel"
                                : "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\nx");
            }
        }

        // Connections are taken in order: once this one is answered, all of them have been.
        all(closing("GET", "/hello"));
        awaitNoConnections();
    }

    @Test
    void cutsOffAnIdleConnection() throws IOException {
        try (RawClient client = client()) {
            client.send("GET /hello HTTP/1.1\r\nHost: x\r\n\r\n").answer();

            assertThat(client.everything()).isEmpty();
        }
    }

    @Test
    void cutsOffASilentConnection() throws IOException {
        try (RawClient client = client()) {
            assertThat(client.everything()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /hel",
                "GET /hello HTTP/1.1\r\nHos",
                "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nab",
                "POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n5",
                "POST /deaf HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n5"
            })
    @Threat("H2")
    void cutsOffWhoeverStopsInTheMiddle(String part) throws IOException {
        try (RawClient client = client()) {
            String received = client.send(part).everything();

            assertThat(received.isEmpty() || received.contains("not read")).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /hello?",
                "GET /hello HTTP/1.1\r\nX: ",
                "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 900\r\n\r\n",
                "POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"
            })
    @Threat("H2")
    void cutsOffWhoeverDrips(String start) throws IOException {
        try (RawClient client = client()) {
            client.send(start);

            assertThat(drip(client)).isLessThan(500);
        }
    }

    /** Such a client looks for an answer only when it has sent everything, as many do. */
    @Test
    @Threat("E1")
    void letsAClientFinishSendingWhatIsRefusedSoThatItCanReadWhy() throws IOException {
        String piece = "x".repeat(64 << 10);
        try (RawClient client = client()) {
            client.send("POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 3145728\r\n\r\n");
            for (int sent = 0; sent < 3 << 20; sent += piece.length()) {
                client.send(piece);
                LockSupport.parkNanos(20_000_000);
            }

            assertTooLarge(client.everything());
        }
    }

    @Test
    @Threat("H2")
    void cutsOffWhoeverDoesNotReadItsAnswer() throws Exception {
        try (RawClient client = client()) {
            client.send("GET /large HTTP/1.1\r\nHost: x\r\n\r\n").head();
            awaitNoConnections();

            assertThat(client.everything().length()).isLessThan(50_000_000);
        }
    }

    @Test
    @Threat("D4")
    void writesALongFilePieceByPieceAndKeepsTheConnection() throws IOException {
        try (RawClient client = client()) {
            client.send("GET /file HTTP/1.1\r\nHost: x\r\n\r\n");
            String head = client.head();
            int lines = 0;
            for (String line = client.chunkedLine(); line != null; line = client.chunkedLine()) {
                assertThat(line).isEqualTo("line " + lines);
                lines++;
            }

            assertThat(head).contains("Transfer-Encoding: chunked").doesNotContain("close");
            assertThat(lines).isEqualTo(LINES);
            assertThat(client.send("GET /hello HTTP/1.1\r\nHost: x\r\n\r\n").answer())
                    .endsWith("hello");
        }
    }

    @Test
    void knowsTheLengthOfAFileThatIsNotSent() throws IOException {
        String answer = all("HEAD /file HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");

        assertThat(answer).contains("Content-Length: " + LINES_BYTES + "\r\n").endsWith("\r\n\r\n");
    }

    @Test
    @Threat({"D4", "H2"})
    void cutsOffWhoeverReadsAFileTooSlowly() throws Exception {
        try (RawClient client = new RawClient(listeners.port(), 4_096)) {
            client.send("GET /file HTTP/1.1\r\nHost: x\r\n\r\n").head();
            awaitNoConnections();

            assertThat(client.everything()).doesNotContain("line " + (LINES - 1) + "\n");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/large", "/file"})
    @Threat("D4")
    void keepsOnlySoMuchOfAnswersInMemory(String path) throws IOException {
        String request = "GET " + path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
        try (RawClient slow = new RawClient(listeners.port(), 4_096)) {
            slow.send(request).head();

            assertThat(all(request)).startsWith("HTTP/1.1 503 ").contains("overloaded");
            assertThat(all("GET /hello HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"))
                    .endsWith("hello");
        }
        long end = System.nanoTime() + PATIENCE.toNanos();
        String again = all(request);
        while (again.startsWith("HTTP/1.1 503 ") && System.nanoTime() - end < 0) {
            again = all(request);
        }
        assertThat(again).startsWith("HTTP/1.1 200 ");
    }

    @Test
    void namesRequestsAsTheirCallersDoIfThatIsFitToBeLogged() throws IOException {
        String named = all(
                "GET /hello HTTP/1.1\r\nHost: x\r\nConnection: close\r\nX-Request-Id: a/B-1.2\r\n\r\n");
        String unfit = all(
                "GET /hello HTTP/1.1\r\nHost: x\r\nConnection: close\r\nX-Request-Id: a b\r\n\r\n");

        assertThat(named).contains("X-Request-Id: a/B-1.2\r\n");
        assertThat(unfit).contains("X-Request-Id: own-id\r\n");
    }

    @Test
    void tellsOfEachRequestWithoutItsPathOrQuery() throws IOException {
        all(closing("GET", "/things/secret?q=secret"));
        all(closing("INVENTED", "/secret"));

        assertThat(seen)
                .extracting(RequestObserver.Answered::route)
                .containsExactly("/things/{thing}", "none");
        assertThat(seen)
                .extracting(RequestObserver.Answered::method)
                .containsExactly("GET", "OTHER");
        assertThat(seen).extracting(RequestLog::line).noneMatch(line -> line.contains("secret"));
    }

    private void assertTooLarge(String received) {
        assertThat(RawClient.statusLines(received))
                .singleElement()
                .asString()
                .startsWith("HTTP/1.1 413 ");
        assertThat(received)
                .contains("\"code\":\"body-too-large\"")
                .contains("Connection: close")
                .doesNotContain("ADMIN");
        assertIsProblem(received);
    }

    private static void assertIsProblem(String received) {
        assertThat(received)
                .contains("Content-Type: application/problem+json\r\n")
                .contains("X-Content-Type-Options: nosniff\r\n")
                .contains("Cache-Control: no-store\r\n")
                .contains("X-Request-Id: own-id\r\n")
                .contains("{\"type\":\"about:blank\",\"title\":\"");
    }

    /** How many bytes could be sent, one at a time, before the connection was found closed. */
    private static int drip(RawClient client) throws IOException {
        for (int sent = 0; sent < 500; sent++) {
            try {
                client.send("x");
                LockSupport.parkNanos(10_000_000);
            } catch (SocketException closed) {
                return sent;
            }
        }
        return 500;
    }

    private void awaitNoConnections() {
        long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (listeners.connections() > 0) {
            assertThat(System.nanoTime()).as("connections stay open").isLessThan(end);
            LockSupport.parkNanos(5_000_000);
        }
    }

    private String all(String request) throws IOException {
        try (RawClient client = client()) {
            return client.send(request).everything();
        }
    }

    private static String closing(String method, String target) {
        return method + " " + target + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
    }

    private RawClient client() throws IOException {
        return new RawClient(listeners.port());
    }

    private static Path failing(String path, Supplier<RuntimeException> bug) {
        return Path.of(path).get(exchange -> {
            throw bug.get();
        });
    }

    private static Answer text(String text) {
        return Answer.of(TEXT, text.getBytes(StandardCharsets.UTF_8));
    }

    private static void lines(OutputStream out) throws IOException {
        StringBuilder piece = new StringBuilder();
        for (int i = 0; i < LINES; i++) {
            piece.append("line ").append(i).append('\n');
            if (piece.length() > 8_000 || i == LINES - 1) {
                out.write(piece.toString().getBytes(StandardCharsets.UTF_8));
                piece.setLength(0);
            }
        }
    }
}
