package io.github.defenderreactive.cli.internal.connect;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.defenderreactive.cli.CommandLineRun;
import io.github.defenderreactive.cli.EmulatedService;
import io.github.defenderreactive.cli.internal.process.ExitCode;
import io.github.defenderreactive.emulator.DefenderEmulator;
import io.github.defenderreactive.emulator.Fault;
import io.netty.pkitesting.X509Bundle;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Failed authentication: one line with the number of the authority and a remedy. */
class RefusedIdentityTest {

    private static final Pattern CODE = Pattern.compile("enter the code (\\S+)");
    private static final String WRONG = "wrong+secret&of=the%test";

    private static X509Bundle certificate;
    private static EmulatedService service;

    @TempDir
    private Path folder;

    @BeforeAll
    static void start() throws Exception {
        certificate =
                Credentials.certificate("signer.harbour.example", Instant.now().plusSeconds(3600));
        service = new EmulatedService(DefenderEmulator.builder()
                        .roles()
                        .devicePollInterval(Duration.ofSeconds(1))
                        .clientCertificate(certificate.getCertificate())
                        .federatedCredential(Credentials.ISSUER, Credentials.SUBJECT, (RSAPublicKey)
                                certificate.getKeyPair().getPublic()))
                .withSecret(WRONG);
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    private static Map<String, String> secret() {
        return Map.of("DEFENDER_CLIENT_SECRET", service.emulator().clientSecret());
    }

    private static void refused(CommandLineRun run, String... words) {
        assertThat(run.out()).isEmpty();
        assertThat(run.err().lines())
                .singleElement()
                .satisfies(line -> assertThat(line).startsWith("defender: ").contains(words));
        assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCode.AUTHENTICATION);
    }

    @Test
    void shouldReportAWrongSecret() {
        refused(
                service.run(Map.of("DEFENDER_CLIENT_SECRET", WRONG), "call", "listAlerts"),
                "AADSTS7000215",
                "The secret is wrong: use its value, not its id",
                "listAlerts");
    }

    @Test
    void shouldReportAnExpiredAndAnUnknownCertificate() throws Exception {
        Instant yesterday = Instant.parse("2026-01-01T00:00:00Z");
        Path ended = Credentials.pem(folder, Credentials.certificate("yesterday.harbour.example", yesterday));
        refused(
                service.run("token", "--certificate", ended.toString()),
                ended.toString(),
                "expired on 2026-01-01T00:00:00Z: create a new one");

        Instant tomorrow = Instant.now().plusSeconds(3600);
        Path other = Credentials.pem(folder, Credentials.certificate("other.harbour.example", tomorrow));
        refused(
                service.run("token", "--certificate", other.toString()),
                "AADSTS700027",
                "check that this certificate is the application's");
    }

    @Test
    void shouldReportAWrongPasswordOfTheKey() throws Exception {
        Path pfx = Credentials.pkcs12(folder, certificate, "right");
        refused(
                service.run(Map.of("DEFENDER_CERTIFICATE_PASSWORD", WRONG), "token", "--certificate", pfx.toString()),
                pfx.toString(),
                "the password is wrong");
    }

    @Test
    void shouldReportAnUnknownTenantOrApplication() {
        refused(
                service.run(secret(), "token", "--tenant", "elsewhere.example"),
                "AADSTS90002",
                "The tenant is not known",
                "authority");
        refused(
                service.run(secret(), "token", "--client-id", "11111111-2222-3333-4444-555555555555"),
                "AADSTS700016",
                "check client id and tenant");
    }

    @Test
    void shouldReportMissingConsent() {
        CommandLineRun run = service.run(secret(), "call", "listAlerts");
        assertThat(run.exitCode()).isEqualTo(ExitCode.PERMISSION);
        assertThat(run.err().lines())
                .singleElement()
                .satisfies(line -> assertThat(line)
                        .contains("the token", "has none", "Grant Alert.Read.All", "administrator consent"));

        service.emulator()
                .faults()
                .add(Fault.status(400)
                        .body(
                                "application/json",
                                "{\"error\":\"invalid_grant\",\"error_description\":\"AADSTS65001: Not consented to."
                                        + "\\r\\nTrace ID: 1\",\"error_codes\":[65001]}")
                        .onToken());
        refused(service.run(secret(), "token"), "AADSTS65001", "An administrator must consent");
    }

    @Test
    void shouldReportAnUnknownAudience() {
        refused(
                service.run(secret(), "token", "--api", "defender-xdr", "--cloud", "gcc"),
                "AADSTS500011",
                "https://api-gcc.security.microsoft.us",
                "The resource of the scope is not known in this tenant");
    }

    @Test
    void shouldReportAMissingFederatedCredential() throws Exception {
        Path token = Credentials.federatedToken(folder, certificate, "system:serviceaccount:quay:other");
        refused(
                service.run("token", "--federated-token-file", token.toString()),
                "AADSTS70021",
                "No federated credential of the application");
        assertThat(Files.readString(token)).startsWith("eyJ");
    }

    @Test
    void shouldReportAnIdentityThatIsNotAssigned() {
        refused(
                service.run(service.emulator().machineEnvironment(), "token", "--managed-identity=another"),
                "Identity not found",
                "to which the identity {client_id=another} is assigned");
    }

    @Test
    void shouldReportThatManagedIdentityIsNotAvailable() throws Exception {
        int free;
        try (ServerSocket socket = new ServerSocket(0)) {
            free = socket.getLocalPort();
        }
        refused(
                service.run(
                        Map.of("AZURE_POD_IDENTITY_AUTHORITY_HOST", "http://127.0.0.1:" + free),
                        "token",
                        "--managed-identity"),
                "No managed identity is available",
                "nothing listens there",
                "does not run on a resource that has one");
    }

    @Test
    void shouldReportASecretFileThatIsNotOneLineOfUtf8() throws Exception {
        Path secret = folder.resolve("secret");
        Map<String, byte[]> files = Map.of(
                "it is UTF-16 (little-endian) and not UTF-8", "\uFEFFsecret".getBytes(StandardCharsets.UTF_16LE),
                "it is empty", new byte[0],
                "it is not UTF-8 text", new byte[] {(byte) 0xC0, 1, 2},
                "it has 2 lines", "secret\nother\n".getBytes(StandardCharsets.UTF_8),
                "longer than the 65536 bytes", new byte[70_000]);
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            Files.write(secret, file.getValue());
            for (String option : List.of("--client-secret-file", "--federated-token-file")) {
                refused(service.run("token", option, secret.toString()), secret.toString(), file.getKey());
            }
        }
    }

    @Test
    void shouldReportThatTheUserDeclined() {
        CommandLineRun run = service.run(
                Map.of(),
                messages -> {
                    Matcher code = CODE.matcher(messages);
                    if (code.find() && service.emulator().signIns().waiting().contains(code.group(1))) {
                        service.emulator().signIns().decline(code.group(1));
                    }
                },
                "token",
                "--device-code");

        assertThat(run.exitCode()).isEqualTo(ExitCode.AUTHENTICATION);
        assertThat(run.err().lines())
                .hasSize(2)
                .last()
                .satisfies(line -> assertThat(line).contains("authorization_declined", "must sign in again"));
    }
}
