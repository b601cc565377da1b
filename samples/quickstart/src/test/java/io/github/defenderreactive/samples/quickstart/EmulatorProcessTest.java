package io.github.defenderreactive.samples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The requests that the page about testing shows for other languages, sent without the client. */
class EmulatorProcessTest {

    private static final Pattern TOKEN = Pattern.compile("\"access_token\"\\s*:\\s*\"([^\"]+)\"");

    @Test
    @Timeout(60)
    void shouldServeAProgramThatKnowsOnlyWhatItPrints() throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        EmulatorProcess.class.getName())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader out = process.inputReader()) {
            Map<String, String> variables = new HashMap<>();
            while (!variables.containsKey("SSL_CERT_FILE")) {
                String[] line = out.readLine().split("=", 2);
                variables.put(line[0], line[1]);
            }
            HttpClient http = trusting(Path.of(variables.get("SSL_CERT_FILE")));

            HttpResponse<String> token = http.send(tokenRequest(variables), BodyHandlers.ofString());
            HttpResponse<String> alerts = http.send(
                    HttpRequest.newBuilder(URI.create(variables.get("DEFENDER_BASE_URL") + "/api/alerts"))
                            .header("Authorization", "Bearer " + accessToken(token.body()))
                            .build(),
                    BodyHandlers.ofString());

            assertThat(alerts.statusCode()).isEqualTo(200);
            assertThat(alerts.body()).contains("\"value\"");
            process.getOutputStream().close();
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isZero();
        } finally {
            process.destroyForcibly();
        }
    }

    private static HttpRequest tokenRequest(Map<String, String> variables) {
        String form = Stream.of(
                        "grant_type=client_credentials",
                        "client_id=" + variables.get("DEFENDER_CLIENT_ID"),
                        "client_secret="
                                + URLEncoder.encode(variables.get("DEFENDER_CLIENT_SECRET"), StandardCharsets.UTF_8),
                        "scope=https://api.securitycenter.microsoft.com/.default")
                .collect(Collectors.joining("&"));
        return HttpRequest.newBuilder(URI.create(variables.get("DEFENDER_AUTHORITY") + "/"
                        + variables.get("DEFENDER_TENANT_ID") + "/oauth2/v2.0/token"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form))
                .build();
    }

    private static String accessToken(String response) {
        return TOKEN.matcher(response).results().findFirst().orElseThrow().group(1);
    }

    private static HttpClient trusting(Path certificate) throws Exception {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        try (InputStream in = Files.newInputStream(certificate)) {
            store.setCertificateEntry(
                    "emulator", CertificateFactory.getInstance("X.509").generateCertificate(in));
        }
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        SSLContext tls = SSLContext.getInstance("TLS");
        tls.init(null, trust.getTrustManagers(), null);
        return HttpClient.newBuilder().sslContext(tls).build();
    }
}
