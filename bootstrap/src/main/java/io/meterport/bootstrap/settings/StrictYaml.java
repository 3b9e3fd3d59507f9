package io.meterport.bootstrap.settings;

import io.helidon.config.Config;
import io.helidon.config.spi.ConfigNode.ListNode;
import io.helidon.config.spi.ConfigNode.ObjectNode;
import io.helidon.config.spi.ConfigNode.ValueNode;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.representer.Representer;
import org.yaml.snakeyaml.resolver.Resolver;

/**
 * YAML as configuration should be: every value is the text that stands there (so that no time turns
 * into a date object, no {@code no} into false), and a key given twice is refused.
 */
final class StrictYaml {
    private StrictYaml() {}

    /** What the file holds: texts, lists and maps, in the file's order. */
    static Map<?, ?> read(Path file) {
        try (var reader = Files.newBufferedReader(file)) {
            return switch (yaml().<Object>load(reader)) {
                case null -> Map.of();
                case Map<?, ?> map -> map;
                default -> throw unusable(file, "it must hold keys and values");
            };
        } catch (MarkedYAMLException e) {
            throw unusable(file, where(e) + e.getProblem());
        } catch (YAMLException e) {
            throw unusable(file, "it holds characters that YAML does not allow");
        } catch (CharacterCodingException e) {
            throw unusable(file, "it is not UTF-8");
        } catch (IOException e) {
            throw unusable(file, "it does not exist or cannot be read");
        }
    }

    private static SettingsProblem unusable(Path file, String why) {
        return new SettingsProblem(
                "The configuration file " + file + " cannot be used: " + why + ".");
    }

    private static Yaml yaml() {
        var load = new LoaderOptions();
        load.setAllowDuplicateKeys(false);
        var dump = new DumperOptions();
        return new Yaml(
                new SafeConstructor(load), new Representer(dump), dump, load, new TextsOnly());
    }

    /** The same for Helidon, which keeps no order. */
    static ObjectNode object(Map<?, ?> map) {
        ObjectNode.Builder object = ObjectNode.builder();
        map.forEach((key, value) -> {
            String name = Config.Key.escapeName(String.valueOf(key));
            switch (value) {
                case Map<?, ?> inner -> object.addObject(name, object(inner));
                case List<?> items -> object.addList(name, list(items));
                case null, default -> object.addValue(name, text(value));
            }
        });
        return object.build();
    }

    private static ListNode list(List<?> items) {
        ListNode.Builder list = ListNode.builder();
        for (Object item : items) {
            switch (item) {
                case Map<?, ?> inner -> list.addObject(object(inner));
                case List<?> inner -> list.addList(list(inner));
                case null, default -> list.addValue(ValueNode.create(text(item)));
            }
        }
        return list.build();
    }

    private static String text(Object scalar) {
        return scalar == null ? "" : scalar.toString();
    }

    private static String where(MarkedYAMLException e) {
        var mark = e.getProblemMark();
        return mark == null
                ? ""
                : "line " + (mark.getLine() + 1) + ", column " + (mark.getColumn() + 1) + ": ";
    }

    private static final class TextsOnly extends Resolver {
        @Override
        protected void addImplicitResolvers() {
            // None: a scalar is its text, and the key says what it must be.
        }
    }
}
