package io.meterport.bootstrap.settings;

/**
 * The configuration cannot be used. The message is one sentence or two for the operator: which key,
 * where it was found, which rule it breaks; never the value, which might be a misplaced secret.
 */
public final class SettingsProblem extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public SettingsProblem(String message) {
        super(message, null, false, false);
    }
}
