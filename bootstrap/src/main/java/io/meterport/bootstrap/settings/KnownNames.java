package io.meterport.bootstrap.settings;

import io.helidon.config.Config;
import java.util.List;

/** Refuses a file that holds a name which nothing reads: it is a typing error, or a wrong hope. */
final class KnownNames {
    private static final List<String> NAMES = Keys.ALL.stream().map(Key::name).toList();

    private KnownNames() {}

    static void check(Config file) {
        file.traverse()
                .filter(Config::isLeaf)
                .map(leaf -> leaf.key().toString())
                .forEach(name -> {
                    if (!isKnown(name)) {
                        throw unknown(name, Nearest.to(name, NAMES));
                    }
                });
    }

    static SettingsProblem unknown(String name, String nearest) {
        return new SettingsProblem("The configuration file has the key " + shown(name)
                + ", which does not exist; the nearest that does is " + nearest + ".");
    }

    private static boolean isKnown(String name) {
        List<String> parts = List.of(name.split("\\.", -1));
        boolean item = parts.getLast().matches("\\d+") && NAMES.contains(parent(name));
        return NAMES.contains(name)
                || item
                || isSection(name)
                || parts.getFirst().equals("meters")
                || isOption(parts);
    }

    /** A section left empty. */
    private static boolean isSection(String name) {
        return NAMES.stream().anyMatch(known -> known.startsWith(name + "."));
    }

    /** The provider of that storage knows its own options. */
    private static boolean isOption(List<String> parts) {
        return parts.size() == 3
                && parts.getFirst().equals("storage")
                && !parts.get(1).equals("events")
                && !parts.get(1).equals("catalog");
    }

    private static String parent(String name) {
        return name.substring(0, Math.max(0, name.lastIndexOf('.')));
    }

    /** Only what cannot break a line or be mistaken for something else. */
    private static String shown(String name) {
        String plain = name.replaceAll("[^A-Za-z0-9._~-]", "?");
        return plain.length() <= 100 ? plain : plain.substring(0, 100) + "…";
    }
}
