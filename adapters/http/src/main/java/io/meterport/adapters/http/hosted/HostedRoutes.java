package io.meterport.adapters.http.hosted;

import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.meterport.adapters.http.wire.Handler;
import io.meterport.adapters.http.wire.Path;
import io.meterport.domain.problem.Problem;
import io.meterport.domain.problem.ProblemException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The usage page for frames, the scripts that pages load to show it, and the playground. They are
 * the same for everybody and hold nothing of anybody; what they show they ask for with a token.
 */
public final class HostedRoutes {
    private static final String ASSETS = "assets/";
    private static final String PLAYGROUND = "playground";
    private static final Map<String, String> TYPES = Map.of(
            "html", "text/html; charset=utf-8",
            "css", "text/css; charset=utf-8",
            "js", "text/javascript; charset=utf-8");
    /** The name has the content's hash in it. */
    private static final Header FOR_EVER = HeaderValues.createCached(
            HeaderNames.CACHE_CONTROL, "public, max-age=31536000, immutable");

    private static final Header ASK_AGAIN =
            HeaderValues.createCached(HeaderNames.CACHE_CONTROL, "no-cache");
    /** Pages that are isolated from others may load and frame it all the same. */
    private static final Header FOR_OTHER_ORIGINS =
            HeaderValues.createCached("Cross-Origin-Resource-Policy", "cross-origin");

    private final Map<String, byte[]> files = HostedFiles.read();
    private final HostedSettings settings;

    public HostedRoutes(HostedSettings settings) {
        this.settings = settings;
    }

    /** What everybody finds. */
    public List<Path> paths() {
        return List.of(
                page("/portal/embed", "embed.html", PageHeaders.framedBy(settings.frameOrigins())),
                script("embed.js"),
                script("usage-portal.js"),
                assets(false));
    }

    /** The same with the playground; it can be reached nowhere else. */
    public List<Path> pathsWithPlayground() {
        List<Path> paths = new ArrayList<>(paths());
        paths.removeLast();
        paths.add(assets(true));
        paths.add(page("/portal/playground", "playground.html", PageHeaders.framedBy(List.of())));
        return paths;
    }

    private Path page(String path, String name, List<Header> headers) {
        String html = new String(content(name), StandardCharsets.UTF_8);
        byte[] page = FrameOrigins.inserted(html, settings.frameOrigins())
                .getBytes(StandardCharsets.UTF_8);
        List<Header> all = new ArrayList<>(headers);
        all.add(ASK_AGAIN);
        HostedFile file = new HostedFile(type(name), page, all);
        return Path.of(path).get(file::answer);
    }

    /** One whose name stays while its content changes. */
    private Path script(String name) {
        HostedFile file =
                new HostedFile(type(name), content(name), List.of(ASK_AGAIN, FOR_OTHER_ORIGINS));
        return Path.ofPortal("/portal/" + name).get(file::answer);
    }

    private Path assets(boolean playground) {
        Map<String, HostedFile> assets = new LinkedHashMap<>();
        files.forEach((name, content) -> {
            String asset = name.substring(name.lastIndexOf('/') + 1);
            if (name.startsWith(ASSETS) && (playground || !asset.startsWith(PLAYGROUND))) {
                assets.put(
                        asset,
                        new HostedFile(type(name), content, List.of(FOR_EVER, FOR_OTHER_ORIGINS)));
            }
        });
        Handler handler = exchange -> {
            HostedFile file = assets.get(exchange.pathValue("file"));
            if (file == null) {
                throw new ProblemException(
                        new Problem.NotFound("unknown-route", "There is nothing at this path."));
            }
            return file.answer(exchange);
        };
        return Path.ofPortal("/portal/assets/{file}").get(handler);
    }

    private byte[] content(String name) {
        return Objects.requireNonNull(files.get(name), name);
    }

    private static String type(String name) {
        return Objects.requireNonNull(TYPES.get(name.substring(name.lastIndexOf('.') + 1)), name);
    }
}
