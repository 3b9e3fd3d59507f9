package io.meterport.bootstrap.settings;

import io.helidon.config.Config;
import io.helidon.config.ConfigSources;
import io.helidon.config.spi.ConfigSource;
import io.meterport.application.portal.Freshness;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Reads the configuration: what the command line says, else the environment, else the file, else the
 * default. Every fault is a {@link SettingsProblem} that names the key and the rule.
 */
public final class SettingsReader {
    private final List<String> warnings = new ArrayList<>();
    private final List<Layer> layers;
    private final Map<?, ?> document;
    private final Config file;

    private SettingsReader(
            Optional<Path> file, Map<String, String> environment, Map<String, String> options) {
        this.document = file.<Map<?, ?>>map(StrictYaml::read).orElse(Map.of());
        this.file = config(ConfigSources.create(StrictYaml.object(document)));
        Map<String, String> variables = Variables.settings(environment, warnings);
        this.layers = List.of(
                new Layer(config(ConfigSources.create(options)), key -> "the command line"),
                new Layer(
                        config(ConfigSources.create(variables)),
                        key -> "the environment variable " + Key.variable(key)),
                new Layer(this.file, key -> "the configuration file"));
    }

    /**
     * Reads the settings.
     *
     * @param file a YAML file; absent: none
     * @param environment the variables of the process
     * @param options what the command line sets, by key
     */
    public static Settings read(
            Optional<Path> file, Map<String, String> environment, Map<String, String> options) {
        return new SettingsReader(file, environment, options).settings();
    }

    /** What is odd about the environment without being wrong, a sentence each. */
    public static List<String> warnings(Map<String, String> environment) {
        List<String> warnings = new ArrayList<>();
        Variables.settings(environment, warnings);
        return warnings;
    }

    /** The names of all keys with their defaults, for the documentation; meters and options apart. */
    public static Map<String, String> defaults() {
        Map<String, String> defaults = new LinkedHashMap<>();
        Keys.ALL.forEach(key -> defaults.put(key.name(), key.fallback()));
        return defaults;
    }

    private Settings settings() {
        KnownNames.check(file);
        Settings settings = new Settings(
                server(),
                get(Keys.AUTH),
                new Settings.Data(get(Keys.DATA), find(Keys.BACKUPS), find(Keys.EVENTS_KEPT)),
                new Settings.Storage(get(Keys.EVENTS), get(Keys.CATALOG), options()),
                portal(),
                DeclaredMeter.all(document),
                new Settings.Logging(get(Keys.LOG_FORMAT), get(Keys.LOG_LEVEL)));
        Together.check(settings);
        return settings;
    }

    private Settings.Server server() {
        Settings.Listener listener = new Settings.Listener(get(Keys.HOST), get(Keys.PORT));
        Optional<Settings.Listener> operators = find(Keys.OPERATORS_PORT)
                .map(port -> new Settings.Listener(
                        find(Keys.OPERATORS_HOST).orElse(listener.host()), port));
        return new Settings.Server(
                listener,
                operators,
                get(Keys.CONNECTIONS),
                get(Keys.INGESTS),
                find(Keys.QUERIES),
                get(Keys.KEPT_ANSWERS),
                new Settings.Deadlines(
                        get(Keys.HEADERS),
                        get(Keys.BODY),
                        get(Keys.WRITE),
                        get(Keys.IDLE),
                        get(Keys.STOP),
                        get(Keys.STUCK)),
                get(Keys.TRUSTED_PROXIES));
    }

    private Settings.Portal portal() {
        Duration longest = get(Keys.LONGEST_TOKEN_LIFE);
        return new Settings.Portal(
                get(Keys.TOKEN_LIFE),
                longest,
                new Settings.Cors(get(Keys.ORIGINS), get(Keys.HEADERS_ALLOWED)),
                new Settings.Pages(get(Keys.EMBED_ORIGINS), get(Keys.PLAYGROUND)),
                new Settings.Rates(
                        new Settings.Rate(get(Keys.QUERIES_RATE), get(Keys.QUERIES_BURST)),
                        new Settings.Rate(get(Keys.TOKENS_RATE), get(Keys.TOKENS_BURST)),
                        get(Keys.BAD_TOKENS)),
                revocations());
    }

    private Settings.Revocations revocations() {
        Duration extra = get(Keys.MAX_EXTRA);
        return new Settings.Revocations(
                get(Keys.REVOCATIONS),
                new Freshness(
                        get(Keys.MAX_STALENESS),
                        get(Keys.ON_UNAVAILABLE).equals(Keys.BOUNDED)
                                ? Optional.of(extra)
                                : Optional.empty()),
                new Settings.Redis(
                        get(Keys.REDIS_HOST),
                        get(Keys.REDIS_PORT),
                        find(Keys.REDIS_USER),
                        find(Keys.REDIS_PASSWORD_FILE),
                        get(Keys.REDIS_TLS),
                        find(Keys.REDIS_AUTHORITIES),
                        get(Keys.REDIS_PREFIX)));
    }

    /** For each storage type its section, under {@code storage.TYPE}. */
    private Map<String, Map<String, String>> options() {
        Map<String, Map<String, String>> options = new LinkedHashMap<>();
        for (int i = layers.size() - 1; i >= 0; i--) {
            for (Config section : children(layers.get(i).config().get("storage"))) {
                String type = section.name();
                if (!type.equals("events") && !type.equals("catalog")) {
                    Map<String, String> known =
                            options.computeIfAbsent(type, _ -> new LinkedHashMap<>());
                    section.detach().asMap().ifPresent(known::putAll);
                }
            }
        }
        return options;
    }

    private <T> T get(Key<T> key) {
        return find(key)
                .orElseThrow(() -> new IllegalStateException(key.name() + " has no default"));
    }

    private <T> Optional<T> find(Key<T> key) {
        for (Layer layer : layers) {
            Optional<String> text = layer.text(key.name());
            if (text.isPresent()) {
                return Optional.of(key.parse()
                        .apply(text.get())
                        .orElseThrow(() -> broken(key, layer.origin().of(key.name()))));
            }
        }
        return key.fallback().isEmpty() && key.parse().apply("").isEmpty()
                ? Optional.empty()
                : key.parse().apply(key.fallback());
    }

    private static SettingsProblem broken(Key<?> key, String origin) {
        return new SettingsProblem(
                key.name() + " must be " + key.rule() + "; " + origin + " says otherwise.");
    }

    private static Config config(Supplier<? extends ConfigSource> source) {
        return Config.builder(source)
                .disableEnvironmentVariablesSource()
                .disableSystemPropertiesSource()
                .disableKeyResolving()
                .disableValueResolving()
                .disableMapperServices()
                .disableParserServices()
                .disableFilterServices()
                .build();
    }

    private static List<Config> children(Config section) {
        return section.isLeaf() ? List.of() : section.asNodeList().orElse(List.of());
    }

    /** One place where settings come from. */
    private record Layer(Config config, Origin origin) {
        /** The text of that key; the items of a list stand between commas. */
        Optional<String> text(String key) {
            Config at = config.get(key);
            if (at.type() == Config.Type.LIST) {
                return Optional.of(String.join(",", at.asList(String.class).get()));
            }
            return at.isLeaf() ? at.asString().asOptional() : Optional.empty();
        }
    }

    /** Says in words where a key's value comes from. */
    private interface Origin {
        String of(String key);
    }
}
