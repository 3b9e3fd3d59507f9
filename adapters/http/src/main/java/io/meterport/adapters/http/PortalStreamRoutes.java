package io.meterport.adapters.http;

import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.meterport.adapters.http.wire.Answer;
import io.meterport.adapters.http.wire.Exchange;
import io.meterport.adapters.http.wire.Path;
import io.meterport.application.portal.FollowUsage;
import java.util.List;

/** Changes as they happen, as server-sent events. */
final class PortalStreamRoutes {
    private static final Header EVENT_STREAM =
            HeaderValues.createCached(HeaderNames.CONTENT_TYPE, "text/event-stream");
    /** Asks nginx not to hold events back until a buffer is full. */
    private static final Header UNBUFFERED = HeaderValues.createCached("X-Accel-Buffering", "no");

    private final FollowUsage follow;
    private final PortalDoor door;

    PortalStreamRoutes(FollowUsage follow, PortalDoor door) {
        this.follow = follow;
        this.door = door;
    }

    List<Path> paths() {
        return List.of(Path.ofPortal("/api/v1/portal/stream").get(this::stream));
    }

    private Answer stream(Exchange exchange) {
        door.enter(exchange);
        if (exchange.method().equals("HEAD")) {
            // Nobody would read the stream, so nobody takes a place or gives it back.
            return Answer.of(EVENT_STREAM, new byte[0]).with(UNBUFFERED);
        }
        FollowUsage.Following following =
                follow.open(BearerToken.of(exchange), door.address(exchange));
        return Answer.streaming(EVENT_STREAM, out -> {
                    try (following) {
                        following.run(new NoticeWriter(out)::write);
                    }
                })
                .with(UNBUFFERED);
    }
}
