package io.meterport.bootstrap;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** docs/openapi.yaml, to hold answers against. */
final class OpenApi {
    private static final Set<String> METHODS =
            Set.of("get", "head", "options", "post", "put", "delete", "patch");
    private static final Pattern SCOPE = Pattern.compile("Scope `([a-z:]+)`");

    private final JsonNode document;

    private OpenApi(JsonNode document) {
        this.document = document;
    }

    /**
     * One method of one path.
     *
     * @param scope what an API key needs for it; empty where no API key is asked for
     * @param portal whether it wants a portal token
     */
    record Operation(
            String method, String path, Optional<String> scope, boolean portal, JsonNode node) {
        @Override
        public String toString() {
            return method + " " + path;
        }
    }

    static OpenApi read() {
        try {
            return new OpenApi(
                    new YAMLMapper().readTree(Path.of("../docs/openapi.yaml").toFile()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    List<Operation> operations() {
        List<Operation> operations = new ArrayList<>();
        document.get("paths")
                .properties()
                .forEach(path -> path.getValue().properties().forEach(method -> {
                    if (METHODS.contains(method.getKey())) {
                        operations.add(
                                operation(method.getKey(), path.getKey(), method.getValue()));
                    }
                }));
        return operations;
    }

    /** The problem codes that the document lists. */
    Set<String> codes() {
        Set<String> codes = new TreeSet<>();
        document.at("/components/schemas/ProblemCode/enum")
                .forEach(code -> codes.add(code.asText()));
        return codes;
    }

    /** What is wrong with the reply to that operation; empty if it is as the document says. */
    List<String> faults(Operation operation, Reply reply) {
        JsonNode response =
                resolved(operation.node().get("responses").path(String.valueOf(reply.status())));
        if (response.isMissingNode()) {
            return List.of("status " + reply.status() + " is not documented: " + reply.body());
        }
        JsonNode content = response.path("content");
        String type = reply.header("Content-Type");
        if (content.isMissingNode() || operation.method().equals("HEAD")) {
            return reply.body().isEmpty() ? List.of() : List.of("no body is documented");
        }
        JsonNode schema = content.path(type.replaceAll(";.*", "")).path("schema");
        if (schema.isMissingNode()) {
            return List.of("content type " + type + " is not documented for " + reply.status());
        }
        return type.endsWith("json") ? faults(schema, reply.body()) : List.of();
    }

    private List<String> faults(JsonNode schema, String body) {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        root.set("components", document.get("components"));
        root.putArray("allOf").add(schema);
        return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(root)
                .validate(
                        body,
                        InputFormat.JSON,
                        context -> context.executionConfig(
                                config -> config.formatAssertionsEnabled(true)))
                .stream()
                .map(fault -> fault + " in " + body)
                .toList();
    }

    private Operation operation(String method, String path, JsonNode node) {
        JsonNode security = node.has("security") ? node.get("security") : document.get("security");
        boolean portal = security.toString().contains("portalToken");
        Matcher scope = SCOPE.matcher(node.path("description").asText());
        boolean needsKey = security.toString().contains("apiKey");
        return new Operation(
                method.toUpperCase(Locale.ROOT),
                path,
                needsKey && scope.find() ? Optional.of(scope.group(1)) : Optional.empty(),
                portal,
                node);
    }

    private JsonNode resolved(JsonNode node) {
        return node.has("$ref") ? document.at(node.get("$ref").asText().substring(1)) : node;
    }
}
