package io.meterport.bootstrap.nodes;

import io.meterport.adapters.json.JsonReader;
import io.meterport.bootstrap.bench.RawConnection;
import io.meterport.domain.json.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** A server as a client sees it: each request on a connection of its own. */
record Node(int port, String key) {
    static final String EVENTS = "application/cloudevents-batch+json";

    /** What was answered; status 0: nothing. */
    record Reply(int status, String body) {
        /** A text of the body's own members. */
        String text(String member) {
            if (JsonReader.read("answer", body) instanceof Json.Obj object
                    && object.members().get(member) instanceof Json.Text(String value)) {
                return value;
            }
            throw new IllegalStateException("no " + member + " in " + status + " " + body);
        }
    }

    Reply post(String path, String type, String body) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        return send(RawConnection.post(path, key, type, bytes));
    }

    Reply post(String path, String body) {
        return post(path, "application/json", body);
    }

    Reply get(String path) {
        return send(RawConnection.get(path, key));
    }

    /** A new token of that subject. */
    String token(String subject) {
        return post("/api/v1/portal/tokens", "{\"subject\":\"" + subject + "\"}")
                .text("token");
    }

    /** The status with which a portal question with that token is answered. */
    int ask(String token) {
        return send(question(token)).status();
    }

    static byte[] question(String token) {
        return RawConnection.get("/api/v1/portal/meters/used/query", token);
    }

    /** The status with which the revocation of that token is answered. */
    int revoke(String token) {
        String id = token.substring("om_portal_".length(), token.indexOf('.'));
        return post("/api/v1/portal/tokens/invalidate", "{\"id\":\"" + id + "\"}")
                .status();
    }

    private Reply send(byte[] request) {
        try (RawConnection connection = new RawConnection(port)) {
            int status = connection.exchange(request);
            return new Reply(status, connection.body());
        } catch (IOException | RuntimeException e) {
            return new Reply(0, "");
        }
    }
}
