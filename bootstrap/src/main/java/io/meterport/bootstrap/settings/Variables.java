package io.meterport.bootstrap.settings;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * The environment variables that are ours. Others may begin with our prefix, because orchestrators
 * make some for each service that they know; those are told about and not obeyed.
 */
final class Variables {
    private static final String PREFIX = "METERPORT_";
    private static final String STORAGE_PREFIX = "METERPORT_STORAGE_";
    /** Read by the launcher, by commands or by the server itself; no part of the settings. */
    private static final Set<String> OTHERS = Set.of(
            "METERPORT_URL",
            "METERPORT_API_KEY",
            "METERPORT_ADMIN_KEY",
            "METERPORT_REDIS_PASSWORD",
            "METERPORT_CONFIG",
            "METERPORT_JAVA",
            "METERPORT_JAVA_OPTS",
            "METERPORT_AOT");
    /** What Kubernetes puts in for a service that happens to be called so. */
    private static final Pattern INJECTED = Pattern.compile("(?:tcp|udp|sctp)://.*");

    private Variables() {}

    /** The settings among the variables, by key; what is odd goes to {@code warnings}. */
    static Map<String, String> settings(Map<String, String> environment, List<String> warnings) {
        Map<String, String> keys = new LinkedHashMap<>();
        Keys.ALL.forEach(key -> keys.put(key.variable(), key.name()));
        Map<String, String> settings = new LinkedHashMap<>();
        new TreeMap<>(environment).forEach((name, value) -> {
            if (!name.startsWith(PREFIX) || OTHERS.contains(name)) {
                return;
            }
            Optional<String> key = Optional.ofNullable(keys.get(name)).or(() -> option(name));
            if (key.isEmpty()) {
                warnings.add("The environment variable " + name + " is not known and not used; the"
                        + " nearest that is known is " + Nearest.to(name, keys.keySet()) + ".");
            } else if (INJECTED.matcher(value).matches()) {
                warnings.add("The environment variable " + name
                        + " looks made by an orchestrator and is not used.");
            } else {
                settings.put(key.get(), value);
            }
        });
        return settings;
    }

    /** {@code METERPORT_STORAGE_SQLITE_READ_POOL} is the option read-pool of sqlite. */
    private static Optional<String> option(String name) {
        if (!name.startsWith(STORAGE_PREFIX)) {
            return Optional.empty();
        }
        String[] parts = name.substring(STORAGE_PREFIX.length()).split("_", 2);
        boolean whole = parts.length == 2 && !parts[0].isEmpty() && !parts[1].isEmpty();
        return whole
                ? Optional.of(
                        "storage." + lower(parts[0]) + "." + lower(parts[1]).replace('_', '-'))
                : Optional.empty();
    }

    private static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }
}
