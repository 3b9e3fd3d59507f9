package io.meterport.adapters.http.wire;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/**
 * One line for each request. Everything in it is ours or has been through a pattern, so that no line
 * can be broken or forged from outside.
 */
public final class RequestLog implements RequestObserver {
    private static final Logger LOGGER = System.getLogger("io.meterport.http.request");

    @Override
    public void answered(Answered request) {
        Level level = request.status() >= 500 ? Level.WARNING : Level.INFO;
        if (LOGGER.isLoggable(level)) {
            LOGGER.log(level, line(request));
        }
    }

    static String line(Answered request) {
        StringBuilder line = new StringBuilder(160)
                .append("method=")
                .append(request.method())
                .append(" route=")
                .append(request.route())
                .append(" status=")
                .append(request.status());
        request.code().ifPresent(code -> line.append(" code=").append(code));
        long micros = request.nanos() / 1_000;
        line.append(" ms=").append(micros / 1_000).append('.');
        String digits = Long.toString(1_000 + micros % 1_000);
        line.append(digits, 1, digits.length()).append(" request=").append(request.requestId());
        request.caller().ifPresent(caller -> line.append(" caller=").append(caller));
        return line.toString();
    }
}
