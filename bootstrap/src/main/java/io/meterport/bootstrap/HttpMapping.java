package io.meterport.bootstrap;

import io.meterport.adapters.http.HttpSettings;
import io.meterport.adapters.http.hosted.HostedSettings;
import io.meterport.adapters.http.wire.Gate;
import io.meterport.adapters.http.wire.ListenerSettings;
import io.meterport.adapters.http.wire.TimeLimits;
import io.meterport.bootstrap.settings.Settings;

/** The settings as the HTTP adapter wants them. */
final class HttpMapping {
    private HttpMapping() {}

    static HttpSettings of(Settings settings) {
        Settings.Server server = settings.server();
        return new HttpSettings(
                address(server.listener()),
                server.operators().map(HttpMapping::address),
                switch (settings.auth()) {
                    case KEYS -> HttpSettings.Authentication.KEYS;
                    case NONE -> HttpSettings.Authentication.NONE;
                },
                settings.portal().cors().origins(),
                settings.portal().cors().headers(),
                new TrustedProxies(server.trustedProxies()),
                listener(server),
                ingests(server),
                queries(server),
                (long) server.keptAnswers() << 20,
                new HostedSettings(
                        settings.portal().pages().embedOrigins(),
                        settings.portal().pages().playground()));
    }

    private static HttpSettings.Address address(Settings.Listener listener) {
        return new HttpSettings.Address(listener.host(), listener.port());
    }

    private static ListenerSettings listener(Settings.Server server) {
        Settings.Deadlines deadlines = server.deadlines();
        return new ListenerSettings(
                new TimeLimits(
                        deadlines.idle(), deadlines.headers(), deadlines.body(), deadlines.write()),
                server.connections(),
                ListenerSettings.defaults().mostBodyBytes(),
                deadlines.stop());
    }

    private static Gate.Limits ingests(Settings.Server server) {
        Gate.Limits usual = HttpSettings.defaultIngests();
        return new Gate.Limits(server.ingests(), usual.waiting(), usual.patience());
    }

    private static Gate.Limits queries(Settings.Server server) {
        Gate.Limits usual = HttpSettings.defaultQueries();
        return server.queries()
                .map(atOnce -> new Gate.Limits(atOnce, usual.waiting(), usual.patience()))
                .orElse(usual);
    }
}
