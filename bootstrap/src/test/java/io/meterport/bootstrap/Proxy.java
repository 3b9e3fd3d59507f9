package io.meterport.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A proxy in front of a server, with the very configuration that docs/operations.md gives: only its
 * address, its certificate and its time limits are changed, the latter so that tests are short.
 */
abstract sealed class Proxy implements AutoCloseable {
    private static final Path OPERATIONS = Path.of("..", "docs", "operations.md");

    private Process process;

    /** Starts it before the server at that port; returns its own port. */
    int start(Path folder, int server) {
        try {
            int port = freePort();
            Path config = Files.createDirectories(folder).resolve(language() + ".conf");
            Files.writeString(config, configuration(example(), port, server, folder));
            process = new ProcessBuilder(command(config, folder))
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve(language() + ".log").toFile())
                    .start();
            Await.until(() -> isListening(port));
            return port;
        } catch (IOException e) {
            throw new UncheckedIOException(language() + " is not installed?", e);
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** What its block in the document is marked as. */
    abstract String language();

    abstract String configuration(String example, int port, int server, Path folder);

    abstract List<String> command(Path config, Path folder);

    /** HAProxy. */
    static final class Haproxy extends Proxy {
        @Override
        String language() {
            return "haproxy";
        }

        @Override
        String configuration(String example, int port, int server, Path folder) {
            return example.replaceAll("bind :443 .*", "bind 127.0.0.1:" + port)
                    .replace("127.0.0.1:8888 check", "127.0.0.1:" + server)
                    .replaceAll("timeout http-request .*", "timeout http-request 2s")
                    .replaceAll("timeout http-keep-alive .*", "timeout http-keep-alive 1s")
                    .replaceAll("timeout client .*", "timeout client 3s");
        }

        @Override
        List<String> command(Path config, Path folder) {
            return List.of("haproxy", "-db", "-f", config.toString());
        }
    }

    /** nginx. */
    static final class Nginx extends Proxy {
        @Override
        String language() {
            return "nginx";
        }

        @Override
        String configuration(String example, int port, int server, Path folder) {
            String http = example.replaceAll("listen 443 .*;", "listen 127.0.0.1:" + port + ";")
                    .replaceAll("(?m)^\\s*(ssl_certificate|ssl_certificate_key) .*;\n", "")
                    .replace("http2 on;", "")
                    .replace("127.0.0.1:8888", "127.0.0.1:" + server)
                    .replaceAll("client_header_timeout .*;", "client_header_timeout 2s;")
                    .replaceAll("client_body_timeout .*;", "client_body_timeout 2s;")
                    .replaceAll("keepalive_timeout .*;", "keepalive_timeout 1s;");
            String paths = List.of("client_body", "proxy", "fastcgi", "uwsgi", "scgi").stream()
                    .map(name -> name + "_temp_path " + folder.resolve("temp-" + name) + ";\n")
                    .reduce("", String::concat);
            return "daemon off;\npid " + folder.resolve("nginx.pid") + ";\nerror_log "
                    + folder.resolve("nginx-error.log") + ";\nevents {}\nhttp {\naccess_log off;\n"
                    + paths + http + "}\n";
        }

        @Override
        List<String> command(Path config, Path folder) {
            return List.of(
                    "nginx",
                    "-e",
                    folder.resolve("start.log").toString(),
                    "-c",
                    config.toString(),
                    "-p",
                    folder.toString());
        }
    }

    private String example() throws IOException {
        Matcher block = Pattern.compile("```" + language() + "\n(.*?)```", Pattern.DOTALL)
                .matcher(Files.readString(OPERATIONS));
        assertThat(block.find()).as("an example for " + language()).isTrue();
        return block.group(1);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static boolean isListening(int port) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }
}
