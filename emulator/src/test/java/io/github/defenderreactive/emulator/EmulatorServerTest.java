package io.github.defenderreactive.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.defenderreactive.runtime.transport.ServiceConnection;
import io.netty.handler.codec.http.HttpMethod;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServer;
import reactor.test.StepVerifier;

/** The emulator as a caller sees it: over TLS, with a token. */
class EmulatorServerTest {

    private static DefenderEmulator emulator;
    private static EmulatorClient client;

    @BeforeAll
    static void start() {
        emulator = DefenderEmulator.builder().size(12_000).start();
        client = new EmulatorClient(emulator).signIn();
    }

    @AfterAll
    static void stop() {
        client.close();
        emulator.close();
    }

    @AfterEach
    void forget() {
        emulator.journal().clear();
    }

    @Test
    void shouldGiveAllThatAClientNeedsToConnect() throws Exception {
        Path file;
        try (DefenderEmulator other = DefenderEmulator.builder().size(5).start()) {
            ServiceConnection connection = other.connection();
            file = Objects.requireNonNull(connection.certificateFile());

            assertThat(connection.url()).isEqualTo(other.baseUrl());
            assertThat(connection.authority()).isEqualTo(other.authority());
            assertThat(connection.tenantId()).isEqualTo(other.tenantId());
            assertThat(connection.clientId()).isEqualTo(other.clientId());
            assertThat(connection.clientSecret()).isEqualTo(other.clientSecret());
            assertThat(connection.certificate()).isEqualTo(other.certificate());
            try (InputStream in = Files.newInputStream(file)) {
                assertThat(CertificateFactory.getInstance("X.509").generateCertificate(in))
                        .isEqualTo(other.certificate());
            }
            assertThat(CertificateFactory.getInstance("X.509")
                            .generateCertificate(
                                    new ByteArrayInputStream(Objects.requireNonNull(connection.certificatePem())
                                            .getBytes(StandardCharsets.US_ASCII))))
                    .isEqualTo(other.certificate());
            assertThat(other.connection()).isEqualTo(connection);
            assertThat(connection.toString())
                    .contains(other.clientId(), other.tenantId(), file.toString())
                    .doesNotContain(other.clientSecret());
        }
        assertThat(file).doesNotExist();
    }

    @Test
    void shouldHaveACertificateThatIsValidForCallersWithAnotherDate() throws Exception {
        for (int days : List.of(-400, 0, 400)) {
            emulator.certificate().checkValidity(Date.from(Instant.now().plus(Duration.ofDays(days))));
        }
    }

    @Test
    void shouldNeedNoCertificateWhenPlain() {
        try (DefenderEmulator plain =
                DefenderEmulator.builder().size(5).plainHttp(true).start()) {
            ServiceConnection connection = plain.connection();

            assertThat(connection.url()).hasScheme("http");
            assertThat(connection.certificate()).isNull();
            assertThat(connection.certificatePem()).isNull();
            assertThat(connection.certificateFile()).isNull();
        }
    }

    @Test
    void shouldReadAllAlertsOverNextLinks() {
        Set<String> ids = new HashSet<>();
        String target = "/api/alerts";
        while (target != null) {
            EmulatorClient.Answer answer = client.get(target);
            assertThat(answer.status()).as(answer.headers().toString()).isEqualTo(200);
            JsonNode page = answer.json();
            page.get("value").forEach(alert -> ids.add(alert.get("id").asText()));
            JsonNode link = page.get("@odata.nextLink");
            target = link == null ? null : link.asText();
        }

        assertThat(ids).hasSize(12_000);
        assertThat(emulator.journal().calls("listAlerts"))
                .extracting(JournalEntry::target)
                .containsExactly("/api/alerts", "/api/alerts?$skip=10000");
    }

    @Test
    void shouldSendTheHeadersOfTheService() {
        EmulatorClient.Answer answer = client.get("/api/alerts?$top=1", Map.of("Accept-Encoding", "deflate"));

        assertThat(answer.headers())
                .containsEntry(
                        "Content-Type", "application/json; odata.metadata=minimal; odata.streaming=true; charset=utf-8")
                .containsEntry("Transfer-Encoding", "chunked")
                .containsEntry("Content-Encoding", "deflate")
                .containsEntry("OData-Version", "4.0")
                .containsKey("Date");
    }

    @Test
    void shouldRecordACallWithoutItsToken() {
        EmulatorClient.Answer answer = client.get("/api/alerts?$top=7");
        Awaitility.await()
                .atMost(EmulatorClient.PATIENCE)
                .until(() -> emulator.journal().idle());

        List<JournalEntry> calls = emulator.journal().apiCalls();
        assertThat(calls).hasSize(1);
        JournalEntry call = calls.get(0);
        assertThat(call.number()).isEqualTo(1);
        assertThat(call.method()).isEqualTo("GET");
        assertThat(call.target()).isEqualTo("/api/alerts?$top=7");
        assertThat(call.operationId()).isEqualTo("listAlerts");
        assertThat(call.status()).isEqualTo(200);
        assertThat(call.authorized()).isTrue();
        assertThat(call.closedEarly()).isFalse();
        assertThat(call.bodyBytes()).isEqualTo(answer.body().length);
        assertThat(emulator.journal().bodyBytes("listAlerts")).isEqualTo(answer.body().length);
        assertThat(emulator.journal().toString()).doesNotContain(client.token());
    }

    @Test
    void shouldRecordAnUnknownPathAndACallWithoutToken() {
        client.get("/api/alertz");
        client.send(HttpMethod.GET, "/api/machines", "", Map.of());

        assertThat(emulator.journal().calls(""))
                .extracting(JournalEntry::status, JournalEntry::authorized)
                .containsExactly(org.assertj.core.groups.Tuple.tuple(404, true));
        assertThat(emulator.journal().calls("listMachines"))
                .extracting(JournalEntry::status, JournalEntry::authorized)
                .containsExactly(org.assertj.core.groups.Tuple.tuple(401, false));
    }

    @Test
    void shouldMakeLittleMoreOfAPageThanACallerTakes() {
        Flux<byte[]> body = client.http()
                .headers(headers -> client.bearer().forEach(headers::set))
                .get()
                .uri(client.uri("/api/alerts"))
                .responseContent()
                .asByteArray();

        StepVerifier.create(body.take(2, true))
                .expectNextCount(2)
                .expectComplete()
                .verify(EmulatorClient.PATIENCE);

        Awaitility.await()
                .atMost(EmulatorClient.PATIENCE)
                .until(() -> emulator.journal().idle());
        JournalEntry call = emulator.journal().calls("listAlerts").get(0);
        assertThat(call.closedEarly()).isTrue();
        assertThat(call.bodyBytes()).isLessThan(1_000_000);
    }

    @Test
    void shouldStopMakingABodyThatNobodyReads() {
        Flux<byte[]> body = client.http()
                .headers(headers -> client.bearer().forEach(headers::set))
                .get()
                .uri(client.uri("/api/alerts?$expand=evidence"))
                .responseContent()
                .asByteArray();
        JournalEntry[] call = new JournalEntry[1];
        long[] sent = new long[2];

        StepVerifier.create(body, 1)
                .expectNextCount(1)
                .then(() -> {
                    call[0] = emulator.journal().calls("listAlerts").get(0);
                    Awaitility.await()
                            .atMost(EmulatorClient.PATIENCE)
                            .pollInterval(Duration.ofMillis(300))
                            .until(() -> {
                                sent[0] = sent[1];
                                sent[1] = call[0].bodyBytes();
                                return sent[0] == sent[1];
                            });
                })
                .thenCancel()
                .verify(EmulatorClient.PATIENCE);

        // The page has some 40 MB; what leaves is what the sockets' buffers hold.
        assertThat(sent[1]).isPositive().isLessThan(12_000_000);
    }

    @Test
    void shouldServeManyCallersAtOnce() {
        Flux<EmulatorClient.Answer> answers = Flux.range(0, 200)
                .flatMap(
                        i -> client.exchange(HttpMethod.GET, "/api/alerts?$top=5&$skip=" + i, "", client.bearer()), 16);

        StepVerifier.create(answers.map(EmulatorClient.Answer::status).distinct())
                .expectNext(200)
                .expectComplete()
                .verify(EmulatorClient.PATIENCE);
        assertThat(emulator.journal().calls("listAlerts")).hasSize(200);
    }

    @Test
    void shouldBeTrustedThroughItsPemByTheJdk() throws Exception {
        KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
        trusted.load(null, null);
        trusted.setCertificateEntry(
                "emulator",
                CertificateFactory.getInstance("X.509")
                        .generateCertificate(new ByteArrayInputStream(
                                emulator.certificatePem().getBytes(StandardCharsets.UTF_8))));
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext tls = SSLContext.getInstance("TLS");
        tls.init(null, trust.getTrustManagers(), null);

        for (String host : List.of("localhost", "127.0.0.1")) {
            HttpResponse<String> response = java.net.http.HttpClient.newBuilder()
                    .sslContext(tls)
                    .build()
                    .send(
                            HttpRequest.newBuilder(java.net.URI.create("https://" + host + ":"
                                            + emulator.baseUrl().getPort() + "/api/machines?$top=1"))
                                    .header("Authorization", "Bearer " + client.token())
                                    .build(),
                            HttpResponse.BodyHandlers.ofString());
            assertThat(response.statusCode()).isEqualTo(200);
        }
        assertThat(emulator.certificate().getSubjectAlternativeNames().toString())
                .contains("localhost", "127.0.0.1", "0:0:0:0:0:0:0:1");
    }

    @Test
    void shouldSpeakPlainHttpWhenToldTo() {
        try (DefenderEmulator plain =
                        DefenderEmulator.builder().size(10).plainHttp(true).start();
                EmulatorClient caller = new EmulatorClient(plain).signIn()) {
            assertThat(plain.baseUrl().getScheme()).isEqualTo("http");
            assertThat(caller.get("/api/alerts").json().get("value")).hasSize(10);
            assertThatIllegalStateException().isThrownBy(plain::certificate);
        }
    }

    @Test
    void shouldStartOnSubscriptionAndFreeThePortOnClose() {
        Mono<DefenderEmulator> later = DefenderEmulator.builder().size(5).startLater();
        DefenderEmulator first = later.block(EmulatorClient.PATIENCE);
        DefenderEmulator second = later.block(EmulatorClient.PATIENCE);
        int port = first.baseUrl().getPort();

        assertThat(second.baseUrl().getPort()).isNotEqualTo(port);
        first.close();
        second.close();
        HttpServer.create().host("localhost").port(port).bindNow().disposeNow();
    }
}
