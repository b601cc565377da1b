package io.github.defenderreactive.identity;

import com.nimbusds.jose.JWSAlgorithm;
import io.github.defenderreactive.runtime.auth.oauth.AuthorityEndpoints;
import io.github.defenderreactive.runtime.auth.oauth.OAuthCredentialBuilder;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Starts an unpacked Keycloak as a process of its own, on a free port, with its state in memory. */
final class KeycloakAuthority implements Authority, AutoCloseable {

    /** The first start of an unpacked server builds it anew. */
    private static final long START_SECONDS = 300;

    private static final long STOP_SECONDS = 20;
    private static final Pattern LISTENING = Pattern.compile("Listening on: http://[^:]+:(\\d+)");

    private final Process process;
    private final String realm;

    private KeycloakAuthority(Process process, int port) {
        this.process = process;
        this.realm = "http://localhost:" + port + "/realms/" + Registrations.TENANT;
    }

    static KeycloakAuthority start(Path home, Identity identity)
            throws IOException, InterruptedException, ExecutionException, TimeoutException {
        Path realms = Files.createDirectories(home.resolve("data/import"));
        try (InputStream realm = Objects.requireNonNull(KeycloakAuthority.class.getResourceAsStream("/realm.json"))) {
            Files.copy(realm, realms.resolve("realm.json"), StandardCopyOption.REPLACE_EXISTING);
        }
        ProcessBuilder command = new ProcessBuilder(
                        home.resolve("bin/kc.sh").toString(),
                        "start-dev",
                        "--import-realm",
                        "--db=dev-mem",
                        "--http-host=127.0.0.1",
                        "--http-port=0")
                .redirectErrorStream(true);
        command.environment().put("JAVA_HOME", System.getProperty("java.home"));
        command.environment().putAll(registrations(identity));
        Process process = command.start();
        CompletableFuture<Integer> port = new CompletableFuture<>();
        Thread reading = new Thread(() -> read(process, port), "keycloak-output");
        reading.setDaemon(true);
        reading.start();
        try {
            return new KeycloakAuthority(process, port.get(START_SECONDS, TimeUnit.SECONDS));
        } catch (ExecutionException | TimeoutException e) {
            stop(process);
            throw e;
        }
    }

    /** The realm file names them as variables. */
    private static Map<String, String> registrations(Identity identity) {
        return Map.ofEntries(
                Map.entry("TENANT", Registrations.TENANT),
                Map.entry("RESOURCE", Registrations.RESOURCE),
                Map.entry("SCOPE", Registrations.SCOPE),
                Map.entry("SECRET_CLIENT", Registrations.SECRET_CLIENT),
                Map.entry("SECRET", Registrations.SECRET),
                Map.entry("PS256_CLIENT", Registrations.PS256_CLIENT),
                Map.entry("PS256_KEYS", identity.keysFor(JWSAlgorithm.PS256)),
                Map.entry("RS256_CLIENT", Registrations.RS256_CLIENT),
                Map.entry("RS256_KEYS", identity.keysFor(JWSAlgorithm.RS256)),
                Map.entry("DESKTOP_CLIENT", Registrations.DESKTOP_CLIENT),
                Map.entry("DEVICE_CLIENT", Registrations.DEVICE_CLIENT),
                Map.entry("WEB_CLIENT", Registrations.WEB_CLIENT),
                Map.entry("WEB_SECRET", Registrations.WEB_SECRET),
                Map.entry("USER", Registrations.USER),
                Map.entry("PASSWORD", Registrations.PASSWORD));
    }

    private static void read(Process process, CompletableFuture<Integer> port) {
        StringBuilder said = new StringBuilder();
        try (BufferedReader output = process.inputReader()) {
            String line;
            while ((line = output.readLine()) != null) {
                Matcher listening = LISTENING.matcher(line);
                if (listening.find()) {
                    port.complete(Integer.valueOf(listening.group(1)));
                }
                if (!port.isDone()) {
                    said.append(line).append('\n');
                }
            }
        } catch (IOException e) {
            said.append(e);
        }
        port.completeExceptionally(new IOException("Keycloak ended:\n" + said));
    }

    @Override
    public <B extends OAuthCredentialBuilder<B>> B at(B credential) {
        return credential.endpoints(
                new AuthorityEndpoints(endpoint("token"), endpoint("auth"), endpoint("auth/device")));
    }

    private URI endpoint(String name) {
        return URI.create(realm + "/protocol/openid-connect/" + name);
    }

    @Override
    public URI keys() {
        return endpoint("certs");
    }

    @Override
    public String issuer() {
        return realm;
    }

    @Override
    public void close() throws InterruptedException {
        stop(process);
    }

    private static void stop(Process process) throws InterruptedException {
        process.descendants().forEach(ProcessHandle::destroy);
        process.destroy();
        if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    @Override
    public String toString() {
        return "Keycloak at " + realm;
    }
}
