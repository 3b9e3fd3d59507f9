package io.meterport.bootstrap.settings;

import java.util.Optional;

/** The rules that hold between keys. */
final class Together {
    private Together() {}

    static void check(Settings settings) {
        require(
                settings.portal().tokenLife().compareTo(settings.portal().longestTokenLife()) <= 0,
                "portal.token-life must not be longer than portal.longest-token-life.");
        Optional<Settings.Listener> operators = settings.server().operators();
        Settings.Listener listener = settings.server().listener();
        require(
                operators.isEmpty() || listener.port() == 0 || !operators.get().equals(listener),
                "server.operators must have another port than server.port, or none at all.");
        if (settings.auth() == Settings.Auth.NONE) {
            require(
                    listener.isLoopback()
                            && operators.map(Settings.Listener::isLoopback).orElse(true),
                    "auth.type none is allowed only where server.host is a loopback address such as"
                            + " 127.0.0.1: everybody who could reach the server would own it.");
        }
    }

    private static void require(boolean condition, String message) {
        if (!condition) {
            throw new SettingsProblem(message);
        }
    }
}
