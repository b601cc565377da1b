package io.github.defenderreactive.emulator;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.defenderreactive.emulator.http.ServiceRequest;
import io.github.defenderreactive.emulator.http.ServiceResponse;
import io.github.defenderreactive.emulator.internal.description.ServedApi;
import io.github.defenderreactive.emulator.internal.seed.Seeded;
import java.io.ByteArrayOutputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** Calls the service logic without any transport. */
public final class ServiceCaller {

    public static final String ROOT = "https://defender.test:8443";

    public record Answer(int status, Map<String, String> headers, byte[] body) {
        public String text() {
            return new String(body, StandardCharsets.UTF_8);
        }

        public JsonNode json() {
            return EmulatorClient.json(text());
        }

        public String errorCode() {
            return json().path("error").path("code").asText();
        }

        public String errorMessage() {
            return json().path("error").path("message").asText();
        }
    }

    private final DefenderService service;
    private final Map<String, String> headers = new LinkedHashMap<>();

    public ServiceCaller(DefenderService service) {
        this.service = service;
    }

    public static ServiceCaller of(DefenderEmulator.Builder builder) {
        return new ServiceCaller(builder.service()).signIn();
    }

    public DefenderService service() {
        return service;
    }

    public Tenant tenant() {
        return service.tenant();
    }

    public ServiceCaller signIn() {
        return useToken(token(Map.of()).json().get("access_token").asText());
    }

    /** A caller of another API of the same service, with a token for that. */
    public ServiceCaller at(ServedApi api) {
        return new ServiceCaller(service)
                .useToken(token(Map.of("scope", api.audience() + "/.default"))
                        .json()
                        .get("access_token")
                        .asText());
    }

    public ServiceCaller useToken(String token) {
        headers.put("Authorization", "Bearer " + token);
        return this;
    }

    public ServiceCaller header(String name, String value) {
        headers.put(name, value);
        return this;
    }

    /** A token request with the credentials of seed 1, but for the overrides; an empty one is left out. */
    public Answer token(Map<String, String> overrides) {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("grant_type", "client_credentials");
        form.put("client_id", Seeded.uuid(1, 0, 102));
        form.put("client_secret", "e~" + Seeded.hex(1, 0, 103, 20) + "+/&=%");
        form.put("scope", ServedApi.DEFENDER_ENDPOINT.audience() + "/.default");
        form.putAll(overrides);
        String tenant = form.containsKey("tenant") ? form.remove("tenant") : Seeded.uuid(1, 0, 101);
        return form("/" + tenant + "/oauth2/v2.0/token", form);
    }

    /** A form sent to the login service; empty values are left out. */
    public Answer form(String path, Map<String, String> fields) {
        StringBuilder body = new StringBuilder();
        fields.forEach((name, value) -> {
            if (!value.isEmpty()) {
                body.append(body.isEmpty() ? "" : "&")
                        .append(name)
                        .append('=')
                        .append(URLEncoder.encode(value, StandardCharsets.UTF_8));
            }
        });
        return call("POST", path, body.toString(), Map.of("Content-Type", "application/x-www-form-urlencoded"));
    }

    public Answer get(String target) {
        return call("GET", target, "", headers);
    }

    public Answer post(String target, String body) {
        return call("POST", target, body, headers);
    }

    public Answer patch(String target, String body) {
        return call("PATCH", target, body, headers);
    }

    public Answer delete(String target) {
        return call("DELETE", target, "", headers);
    }

    /** A form with the boundary {@code b}, as the caller wrote it. */
    public Answer postForm(String target, byte[] body) {
        Map<String, String> sent = new LinkedHashMap<>(headers);
        sent.put("Content-Type", "multipart/form-data; boundary=b");
        return call("POST", target, body, sent);
    }

    public Answer call(String method, String target, String body, Map<String, String> sent) {
        return call(method, target, body.getBytes(StandardCharsets.UTF_8), sent);
    }

    private Answer call(String method, String target, byte[] body, Map<String, String> sent) {
        ServiceResponse response = service.handle(new ServiceRequest(method, ROOT, target, sent, body));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        byte[] piece;
        while ((piece = response.body().next()) != null) {
            bytes.writeBytes(piece);
        }
        return new Answer(response.status(), response.headers(), bytes.toByteArray());
    }

    /** A filter as a query value. */
    public static String encode(String filter) {
        return URLEncoder.encode(filter, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
