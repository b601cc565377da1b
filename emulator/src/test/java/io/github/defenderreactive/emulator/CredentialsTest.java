package io.github.defenderreactive.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.github.defenderreactive.runtime.auth.AccessToken;
import io.github.defenderreactive.runtime.auth.TokenCache;
import io.github.defenderreactive.runtime.auth.TokenCredential;
import io.github.defenderreactive.runtime.auth.TokenRequest;
import io.github.defenderreactive.runtime.auth.UserAssertion;
import io.github.defenderreactive.runtime.auth.managedidentity.ManagedIdentityCredential;
import io.github.defenderreactive.runtime.auth.oauth.AuthorizationCodeCredential;
import io.github.defenderreactive.runtime.auth.oauth.ClientCertificate;
import io.github.defenderreactive.runtime.auth.oauth.ClientCertificateCredential;
import io.github.defenderreactive.runtime.auth.oauth.ClientSecretCredential;
import io.github.defenderreactive.runtime.auth.oauth.DeviceCodeCredential;
import io.github.defenderreactive.runtime.auth.oauth.OAuthCredentialBuilder;
import io.github.defenderreactive.runtime.auth.oauth.OnBehalfOfCredential;
import io.github.defenderreactive.runtime.auth.oauth.UsernamePasswordCredential;
import io.github.defenderreactive.runtime.auth.oauth.WorkloadIdentityCredential;
import io.github.defenderreactive.runtime.error.AuthenticationException;
import io.github.defenderreactive.runtime.error.CredentialUnavailableException;
import io.github.defenderreactive.runtime.transport.ReactorNettyTransport;
import io.github.defenderreactive.runtime.transport.TransportOptions;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Every way in of the library, over the wire. */
class CredentialsTest {

    private static final TokenRequest REQUEST = TokenRequest.of(Login.API + "/.default");

    private static X509Bundle certificate;
    private static DefenderEmulator emulator;

    private final ReactorNettyTransport transport = ReactorNettyTransport.create(
            TransportOptions.builder().plainHttpHost("localhost").build());

    @BeforeAll
    static void start() throws Exception {
        certificate = new CertificateBuilder()
                .subject("CN=signer.harbour.example")
                .rsa2048()
                .setIsCertificateAuthority(true)
                .buildSelfSigned();
        emulator = DefenderEmulator.builder()
                .size(50)
                .plainHttp(true)
                .devicePollInterval(Duration.ofSeconds(1))
                .clientCertificate(certificate.getCertificate())
                .federatedCredential(
                        "https://cluster.harbour.example", "system:serviceaccount:quay:sync", (RSAPublicKey)
                                certificate.getKeyPair().getPublic())
                .user("pia@harbour.example", "p+w&1", "Alert.Read", "Machine.Read")
                .user("ole@harbour.example", "p+w&2", "Alert.Read")
                .start();
    }

    @AfterAll
    static void stop() {
        emulator.close();
    }

    @AfterEach
    void close() {
        transport.dispose();
    }

    private <B extends OAuthCredentialBuilder<B>> B client(B credential) {
        return credential
                .authority(emulator.authority())
                .tenantId(emulator.tenantId())
                .clientId(emulator.clientId())
                .transport(transport);
    }

    private static AccessToken token(TokenCredential credential) {
        return TokenCache.of(credential).get(REQUEST).block(EmulatorClient.PATIENCE);
    }

    private static int call(AccessToken token, String target) {
        try (EmulatorClient client = new EmulatorClient(emulator)) {
            return client.useToken(token.value()).get(target).status();
        }
    }

    private static void opens(TokenCredential credential) {
        assertThat(call(token(credential), "/api/alerts?$top=1")).isEqualTo(200);
    }

    @Test
    void shouldComeInWithASecretAtEitherEndpoint() {
        opens(client(ClientSecretCredential.builder())
                .secret(emulator::clientSecret)
                .build());
        opens(client(ClientSecretCredential.builder())
                .secret(emulator::clientSecret)
                .versionOne()
                .build());
    }

    @Test
    void shouldComeInWithACertificate() {
        ClientCertificate own =
                ClientCertificate.of(certificate.getKeyPair().getPrivate(), certificate.getCertificate());
        for (Supplier<ClientCertificateCredential.Builder> variant :
                List.<Supplier<ClientCertificateCredential.Builder>>of(
                        ClientCertificateCredential::builder,
                        () -> ClientCertificateCredential.builder().rs256(),
                        () -> ClientCertificateCredential.builder().rs256().sha1Thumbprint(),
                        () -> ClientCertificateCredential.builder().sendChain())) {
            ClientCertificateCredential credential =
                    client(variant.get()).certificate(own).build();
            opens(credential);
            opens(credential);
        }
    }

    @Test
    void shouldComeInOnTheWordOfThePlatform(@TempDir Path folder) throws Exception {
        SignedJWT jwt = new SignedJWT(
                new JWSHeader(JWSAlgorithm.RS256),
                new JWTClaimsSet.Builder()
                        .audience("api://AzureADTokenExchange")
                        .issuer("https://cluster.harbour.example")
                        .subject("system:serviceaccount:quay:sync")
                        .expirationTime(Date.from(Instant.now().plusSeconds(3600)))
                        .build());
        jwt.sign(new RSASSASigner(certificate.getKeyPair().getPrivate()));
        Path file = Files.writeString(folder.resolve("token"), jwt.serialize() + "\n");

        opens(WorkloadIdentityCredential.fromEnvironment(Map.of(
                        "AZURE_FEDERATED_TOKEN_FILE",
                        file.toString(),
                        "AZURE_CLIENT_ID",
                        emulator.clientId(),
                        "AZURE_TENANT_ID",
                        emulator.tenantId(),
                        "AZURE_AUTHORITY_HOST",
                        emulator.authority() + "/"))
                .transport(transport)
                .build());
    }

    @Test
    void shouldComeInAsTheMachineAndAsTheSite() {
        opens(ManagedIdentityCredential.builder()
                .environment(emulator::machineEnvironment)
                .build());
        opens(ManagedIdentityCredential.builder()
                .environment(emulator::appServiceEnvironment)
                .clientId(emulator.clientId())
                .build());
        assertThatThrownBy(() -> token(ManagedIdentityCredential.builder()
                        .environment(emulator::machineEnvironment)
                        .clientId("another")
                        .build()))
                .isInstanceOf(CredentialUnavailableException.class)
                .hasMessageContaining("Identity not found");
    }

    @Test
    void shouldComeInWithABrowserAndThenWithoutOne() {
        AtomicInteger opened = new AtomicInteger();
        AuthorizationCodeCredential credential = client(AuthorizationCodeCredential.builder())
                .open(address -> Mono.<Void>fromRunnable(() -> {
                            opened.incrementAndGet();
                            browse(address);
                        })
                        .subscribeOn(Schedulers.boundedElastic()))
                .loginHint("ole@harbour.example")
                .build();
        TokenCache cache = TokenCache.of(credential);

        AccessToken first = cache.get(REQUEST).block(EmulatorClient.PATIENCE);
        cache.invalidate(REQUEST, first);
        AccessToken second = cache.get(REQUEST).block(EmulatorClient.PATIENCE);

        assertThat(call(first, "/api/alerts?$top=1")).isEqualTo(200);
        assertThat(call(second, "/api/machines?$top=1")).as("not Ole's").isEqualTo(403);
        assertThat(second.value()).isNotEqualTo(first.value());
        assertThat(opened).hasValue(1);
    }

    private static void browse(URI address) {
        try {
            HttpClient.newBuilder()
                    .followRedirects(HttpClient.Redirect.NORMAL)
                    .build()
                    .send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofString());
        } catch (java.io.IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void shouldComeInFromAnotherDevice() {
        opens(client(DeviceCodeCredential.builder())
                .prompt(prompt -> Mono.fromRunnable(() -> emulator.signIns().approve(prompt.userCode())))
                .build());
        assertThatThrownBy(() -> token(client(DeviceCodeCredential.builder())
                        .prompt(prompt ->
                                Mono.fromRunnable(() -> emulator.signIns().decline(prompt.userCode())))
                        .build()))
                .isInstanceOf(AuthenticationException.class)
                .hasMessageContaining("authorization_declined");
    }

    @Test
    void shouldComeInForEachUserWhoCalled() {
        TokenCache cache = TokenCache.of(client(OnBehalfOfCredential.builder())
                .clientSecret(emulator::clientSecret)
                .build());
        Map<String, AccessToken> tokens = new java.util.HashMap<>();
        for (String user : List.of("pia@harbour.example", "ole@harbour.example")) {
            UserAssertion assertion = UserAssertion.of(emulator.signIns().callerToken(user));
            tokens.put(user, cache.get(REQUEST.onBehalfOf(assertion)).block(EmulatorClient.PATIENCE));
        }

        assertThat(call(tokens.get("pia@harbour.example"), "/api/machines?$top=1"))
                .isEqualTo(200);
        assertThat(call(tokens.get("ole@harbour.example"), "/api/machines?$top=1"))
                .isEqualTo(403);
        assertThat(call(tokens.get("ole@harbour.example"), "/api/alerts?$top=1"))
                .isEqualTo(200);
    }

    @Test
    @SuppressWarnings("deprecation")
    void shouldComeInWithAPasswordAtEitherEndpoint() {
        opens(client(UsernamePasswordCredential.builder())
                .username("pia@harbour.example")
                .password(() -> "p+w&1")
                .build());
        opens(client(UsernamePasswordCredential.builder())
                .username("pia@harbour.example")
                .password(() -> "p+w&1")
                .versionOne()
                .build());
        assertThatThrownBy(() -> token(client(UsernamePasswordCredential.builder())
                        .username("pia@harbour.example")
                        .password(() -> "p+w&2")
                        .build()))
                .isInstanceOf(AuthenticationException.class)
                .hasMessageContaining("AADSTS50126")
                .hasMessageNotContaining("p+w&2");
    }
}
