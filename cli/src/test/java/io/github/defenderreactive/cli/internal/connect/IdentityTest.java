package io.github.defenderreactive.cli.internal.connect;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.defenderreactive.cli.CommandLineRun;
import io.github.defenderreactive.cli.EmulatedService;
import io.github.defenderreactive.cli.Json;
import io.github.defenderreactive.cli.internal.process.ExitCode;
import io.github.defenderreactive.emulator.DefenderEmulator;
import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** All credentials of the command, against the emulator. */
class IdentityTest {

    private static final String PASSWORD = "pass+word&of=the%certificate";
    private static final Pattern CODE = Pattern.compile("enter the code (\\S+)");
    private static final Pattern ADDRESS = Pattern.compile("To sign in, open (\\S+) in a browser");

    private static X509Bundle certificate;
    private static EmulatedService service;

    @TempDir
    private Path folder;

    @BeforeAll
    static void start() throws Exception {
        certificate =
                Credentials.certificate("signer.harbour.example", Instant.now().plusSeconds(3600));
        service = new EmulatedService(DefenderEmulator.builder()
                        .devicePollInterval(Duration.ofSeconds(1))
                        .clientCertificate(certificate.getCertificate())
                        .federatedCredential(Credentials.ISSUER, Credentials.SUBJECT, (RSAPublicKey)
                                certificate.getKeyPair().getPublic())
                        .user("pia@harbour.example", "p+w&1", "Alert.Read"))
                .withSecret(PASSWORD);
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    private Path file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text + "\n");
    }

    private static JsonNode authenticate(Map<String, String> environment, String... credential) throws IOException {
        return authenticate(environment, messages -> {}, credential);
    }

    /** Reads alerts with a credential and returns the claims of its token. */
    private static JsonNode authenticate(Map<String, String> environment, Consumer<String> user, String... credential)
            throws IOException {
        List<String> call = new ArrayList<>(List.of("call", "listAlerts", "--limit", "1"));
        List<String> token = new ArrayList<>(List.of("token", "--output", "json"));
        call.addAll(List.of(credential));
        token.addAll(List.of(credential));

        CommandLineRun called = service.run(environment, user, call.toArray(String[]::new));
        CommandLineRun shown = service.run(environment, user, token.toArray(String[]::new));

        assertThat(called.exitCode()).as(called.err()).isZero();
        assertThat(called.lines()).hasSize(1);
        assertThat(shown.exitCode()).as(shown.err()).isZero();
        return Json.tree(shown.out());
    }

    private static String application(JsonNode claims) {
        assertThat(claims.has("user")).isFalse();
        return claims.get("application").textValue();
    }

    @Test
    void shouldAuthenticateWithASecretFromAFile() throws IOException {
        Path secret = file("secret", service.emulator().clientSecret());

        assertThat(application(authenticate(Map.of(), "--client-secret-file", secret.toString())))
                .isEqualTo(service.emulator().clientId());
    }

    @Test
    void shouldAuthenticateWithACertificate() throws IOException {
        Path pem = Credentials.pem(folder, certificate);

        assertThat(application(authenticate(Map.of(), "--certificate", pem.toString())))
                .isEqualTo(service.emulator().clientId());
    }

    @Test
    void shouldIgnoreByteOrderMarkAndLineBreakAroundASecret() throws IOException {
        String secret = service.emulator().clientSecret();
        Path windows = Files.writeString(folder.resolve("windows"), "\uFEFF" + secret + "\r\n");

        assertThat(application(authenticate(Map.of(), "--client-secret-file", windows.toString())))
                .isEqualTo(service.emulator().clientId());
        assertThat(application(authenticate(Map.of("DEFENDER_CLIENT_SECRET", "\uFEFF" + secret + "\r\n"))))
                .isEqualTo(service.emulator().clientId());
    }

    @Test
    void shouldDetectTheFormatOfACertificateByItsContent() throws Exception {
        Path pem = Files.move(Credentials.pem(folder, certificate), folder.resolve("pem.pfx"));
        Path pfx = Files.move(Credentials.pkcs12(folder, certificate, PASSWORD), folder.resolve("pfx.pem"));

        authenticate(Map.of(), "--certificate", pem.toString());
        authenticate(Map.of("DEFENDER_CERTIFICATE_PASSWORD", PASSWORD + "\n"), "--certificate", pfx.toString());
    }

    @Test
    void shouldTrustTheCertificatesInAFileWithOtherContent() throws Exception {
        try (DefenderEmulator secure = DefenderEmulator.builder().size(1).start()) {
            String pem = "-----BEGIN CERTIFICATE-----\n"
                    + Base64.getMimeEncoder()
                            .encodeToString(secure.certificate().getEncoded())
                    + "\n-----END CERTIFICATE-----\n";
            Path file = Files.writeString(
                    folder.resolve("ca.pem"),
                    "\uFEFF# d\u00fcne\r\n" + certificate.getPrivateKeyPEM() + pem.replace("\n", "\r\n"));
            CommandLineRun run = CommandLineRun.of(
                    Map.of("DEFENDER_CLIENT_SECRET", secure.clientSecret()),
                    "token",
                    "--base-url",
                    secure.baseUrl().toString(),
                    "--authority",
                    secure.authority().toString(),
                    "--tenant",
                    secure.tenantId(),
                    "--client-id",
                    secure.clientId(),
                    "--ca-file",
                    file.toString());

            assertThat(run.err()).isEmpty();
            assertThat(run.exitCode()).isZero();
        }
    }

    @Test
    void shouldIgnoreThePasswordOfAnUnencryptedKey() throws IOException {
        Path pem = Credentials.pem(folder, certificate);

        authenticate(Map.of("DEFENDER_CERTIFICATE_PASSWORD", PASSWORD), "--certificate", pem.toString());
    }

    @Test
    void shouldReadThePasswordOfAKeyFromAFileOrTheEnvironment() throws Exception {
        Path password = file("password", PASSWORD);
        for (Path certificateFile : List.of(
                Credentials.pkcs12(folder, certificate, PASSWORD),
                Credentials.encryptedPem(folder, certificate, PASSWORD))) {
            authenticate(
                    Map.of(),
                    "--certificate",
                    certificateFile.toString(),
                    "--certificate-password-file",
                    password.toString());
            authenticate(
                    Map.of("DEFENDER_CERTIFICATE_PASSWORD", PASSWORD), "--certificate", certificateFile.toString());
        }
    }

    @Test
    void shouldAuthenticateWithAFederatedToken() throws Exception {
        Path token = Credentials.federatedToken(folder, certificate, Credentials.SUBJECT);

        assertThat(application(authenticate(Map.of(), "--federated-token-file", token.toString())))
                .isEqualTo(service.emulator().clientId());
    }

    @Test
    void shouldAuthenticateWithAManagedIdentity() throws IOException {
        Map<String, String> machine = service.emulator().machineEnvironment();

        assertThat(application(authenticate(machine, "--managed-identity")))
                .isNotEqualTo(service.emulator().clientId());
        assertThat(application(authenticate(
                        machine, "--managed-identity", service.emulator().clientId())))
                .isEqualTo(service.emulator().clientId());
    }

    @Test
    void shouldAuthenticateAUserWithADeviceCode() throws IOException {
        JsonNode claims = authenticate(Map.of(), IdentityTest::typeIn, "--device-code");

        assertThat(claims.get("user").textValue()).isEqualTo("pia@harbour.example");
        assertThat(claims.get("scopes").toString()).isEqualTo("[\"Alert.Read\"]");
    }

    private static void typeIn(String messages) {
        Matcher code = CODE.matcher(messages);
        if (code.find() && service.emulator().signIns().waiting().contains(code.group(1))) {
            service.emulator().signIns().approve(code.group(1));
        }
    }

    @Test
    void shouldAuthenticateAUserWithABrowser() throws IOException {
        List<CompletableFuture<Integer>> visits = new ArrayList<>();

        JsonNode claims = authenticate(Map.of(), messages -> visits.add(browse(messages)), "--sign-in");

        assertThat(claims.get("user").textValue()).isEqualTo("pia@harbour.example");
        assertThat(visits)
                .hasSize(2)
                .allSatisfy(visit -> assertThat(visit.join()).isEqualTo(200));
    }

    private static CompletableFuture<Integer> browse(String messages) {
        Matcher address = ADDRESS.matcher(messages);
        assertThat(address.find()).as(messages).isTrue();
        return HttpClient.newBuilder()
                .followRedirects(HttpClient.Redirect.NORMAL)
                .build()
                .sendAsync(
                        HttpRequest.newBuilder(URI.create(address.group(1))).build(),
                        HttpResponse.BodyHandlers.discarding())
                .thenApply(HttpResponse::statusCode);
    }

    @Test
    void shouldUseTheCredentialOfTheEnvironment() throws Exception {
        String client = service.emulator().clientId();
        Path pem = Credentials.pem(folder, certificate);
        Path token = Credentials.federatedToken(folder, certificate, Credentials.SUBJECT);

        assertThat(application(authenticate(
                        Map.of("DEFENDER_CLIENT_SECRET", service.emulator().clientSecret()))))
                .isEqualTo(client);
        assertThat(application(authenticate(Map.of("DEFENDER_CERTIFICATE_PATH", pem.toString()))))
                .isEqualTo(client);
        assertThat(application(authenticate(Map.of("AZURE_FEDERATED_TOKEN_FILE", token.toString()))))
                .isEqualTo(client);
        assertThat(application(authenticate(service.emulator().machineEnvironment())))
                .isNotEqualTo(client);
    }

    @Test
    void shouldPreferTheOptionToTheEnvironment() throws IOException {
        Path secret = file("secret", service.emulator().clientSecret());

        authenticate(Map.of("DEFENDER_CLIENT_SECRET", "an-old-one"), "--client-secret-file", secret.toString());
    }

    @Test
    void shouldFindTenantAndApplicationOfAWorkload() throws Exception {
        Path token = Credentials.federatedToken(folder, certificate, Credentials.SUBJECT);
        DefenderEmulator emulator = service.emulator();

        CommandLineRun run = CommandLineRun.of(
                Map.of(
                        "AZURE_FEDERATED_TOKEN_FILE", token.toString(),
                        "AZURE_TENANT_ID", emulator.tenantId(),
                        "AZURE_CLIENT_ID", emulator.clientId()),
                "token",
                "--base-url",
                emulator.baseUrl().toString(),
                "--authority",
                emulator.authority().toString());

        assertThat(run.err()).isEmpty();
        assertThat(run.exitCode()).isZero();
    }

    @Test
    void shouldReportAllMissingOptions() {
        CommandLineRun nothing = CommandLineRun.of(Map.of(), "token");
        assertThat(nothing.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(nothing.err().lines())
                .singleElement()
                .satisfies(line -> assertThat(line)
                        .contains(
                                "--tenant",
                                "--client-id",
                                "--client-secret-file",
                                "--certificate",
                                "--federated-token-file",
                                "--managed-identity",
                                "--device-code",
                                "--sign-in",
                                "DEFENDER_CLIENT_SECRET",
                                "--emulator"));

        CommandLineRun withoutClient =
                CommandLineRun.of(Map.of(), "token", "--device-code", "--tenant", "harbour.example");
        assertThat(withoutClient.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(withoutClient.err()).contains("Missing --client-id;").doesNotContain("--tenant");
    }

    @Test
    void shouldReportAFileThatCannotBeRead() {
        Path nowhere = folder.resolve("nowhere");
        for (String option : List.of("--client-secret-file", "--certificate", "--federated-token-file")) {
            CommandLineRun run = service.run("token", option, nowhere.toString());
            assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
            assertThat(run.err()).isEqualTo("defender: Cannot read " + option + " " + nowhere + System.lineSeparator());
        }
    }

    @Test
    void shouldRejectContradictoryOptions() {
        CommandLineRun two = service.run("token", "--device-code", "--sign-in");
        assertThat(two.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(two.err()).contains("--device-code", "--sign-in", "mutually exclusive");

        CommandLineRun password = service.run("token", "--certificate-password-file", "x");
        assertThat(password.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(password.err()).contains("--certificate=FILE");

        CommandLineRun emulator = CommandLineRun.of(Map.of(), "token", "--emulator", "--sign-in");
        assertThat(emulator.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(emulator.err()).contains("identity of its own");

        CommandLineRun tenant =
                service.run(Map.of("DEFENDER_CLIENT_SECRET", "a-secret"), "token", "--tenant", "harbour/example");
        assertThat(tenant.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(tenant.err()).contains("--tenant", "harbour/example");
    }
}
