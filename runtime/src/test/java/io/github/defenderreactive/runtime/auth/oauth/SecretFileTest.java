package io.github.defenderreactive.runtime.auth.oauth;

import static io.github.defenderreactive.runtime.auth.TestAuthority.REQUEST;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.defenderreactive.runtime.auth.TestAuthority;
import io.github.defenderreactive.runtime.auth.TokenCredential;
import io.github.defenderreactive.runtime.error.AuthenticationException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;

/** Secrets, passwords and tokens as editors, shells and stores of secrets hand them over. */
class SecretFileTest {

    private static final String SECRET = "s3cr~t+/=&value";
    private static final String BOM = "\uFEFF";

    @TempDir
    private Path directory;

    @AutoClose
    private final TestAuthority authority = new TestAuthority();

    private Path file(String content) {
        return file(content.getBytes(StandardCharsets.UTF_8));
    }

    private Path file(byte[] content) {
        try {
            return Files.write(Files.createTempFile(directory, "secret", ""), content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private TokenCredential at(OAuthCredentialBuilder<?> builder) {
        builder.tenantId(TestAuthority.TENANT);
        builder.clientId(TestAuthority.CLIENT);
        builder.authority(authority.server.uri("/"));
        builder.transport(authority.transport);
        return builder.build();
    }

    private String sent(OAuthCredentialBuilder<?> builder, String field) {
        TestAuthority.token(at(builder).getToken(REQUEST));
        return authority.form(authority.server.requests().size() - 1).get(field);
    }

    private AuthenticationException refused(OAuthCredentialBuilder<?> builder) {
        return TestAuthority.failure(AuthenticationException.class, at(builder).getToken(REQUEST), SECRET);
    }

    private static Stream<String> dressed() {
        return Stream.of(
                SECRET,
                SECRET + "\n",
                SECRET + "\r\n",
                SECRET + "\n\n",
                SECRET + "\r",
                BOM + SECRET,
                BOM + SECRET + "\r\n",
                BOM + BOM + SECRET,
                SECRET + BOM,
                "\n" + SECRET,
                SECRET + "\u2028",
                SECRET + "\u200B",
                SECRET + " \n",
                " " + SECRET + "\t");
    }

    @ParameterizedTest
    @MethodSource("dressed")
    @SuppressWarnings("deprecation")
    void shouldSendWhatTheWriterMeant(String dressed) {
        Path path = file(dressed);
        for (Supplier<String> secret : List.<Supplier<String>>of(SecretFile.of(path), () -> dressed)) {
            assertThat(sent(ClientSecretCredential.builder().secret(secret), "client_secret"))
                    .isEqualTo(SECRET);
        }
        assertThat(sent(WorkloadIdentityCredential.builder().tokenFile(path), "client_assertion"))
                .isEqualTo(SECRET);
        assertThat(sent(WorkloadIdentityCredential.builder().assertion(() -> Mono.just(dressed)), "client_assertion"))
                .isEqualTo(SECRET);
        assertThat(sent(RefreshTokenCredential.builder().store(RefreshTokenStore.inMemory(dressed)), "refresh_token"))
                .isEqualTo(SECRET);
        assertThat(sent(DefaultCredential.fromEnvironment(Map.of("DEFENDER_CLIENT_SECRET", dressed)), "client_secret"))
                .isEqualTo(SECRET);
        assertThat(sent(UsernamePasswordCredential.builder().username("ann").password(SecretFile.of(path)), "password")
                        .strip())
                .isEqualTo(SECRET);
    }

    @Test
    void shouldReadAMarkOfAnotherCodePage() {
        assertThat(sent(ClientSecretCredential.builder().secret(() -> "\u00EF\u00BB\u00BF" + SECRET), "client_secret"))
                .isEqualTo(SECRET);
    }

    @Test
    @SuppressWarnings("deprecation")
    void shouldKeepTheBlanksOfAPassword() {
        assertThat(sent(
                        UsernamePasswordCredential.builder()
                                .username("ann")
                                .password(SecretFile.of(file(" two words \r\n"))),
                        "password"))
                .isEqualTo(" two words ");
    }

    @Test
    void shouldTakeLineEndsOffEveryVariable() {
        TestAuthority.token(DefaultCredential.fromEnvironment(Map.of(
                        "DEFENDER_TENANT_ID", TestAuthority.TENANT + "\r\n",
                        "DEFENDER_CLIENT_ID", BOM + TestAuthority.CLIENT + "\n",
                        "AZURE_AUTHORITY_HOST", authority.server.uri("/") + "\n",
                        "AZURE_FEDERATED_TOKEN_FILE", file(SECRET) + "\n"))
                .transport(authority.transport)
                .build()
                .getToken(REQUEST));
        assertThat(authority.server.requests().get(0).uri()).startsWith("/" + TestAuthority.TENANT + "/");
        assertThat(authority.form(0)).containsEntry("client_id", TestAuthority.CLIENT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-16", "UTF-16LE", "UTF-16BE", "x-UTF-16LE-BOM", "UTF-32", "X-UTF-32LE-BOM"})
    void shouldNameOtherEncodingsOfUnicode(String charset) {
        Path path = file(SECRET.getBytes(Charset.forName(charset)));
        String name = charset.contains("32") ? "UTF-32" : "UTF-16";
        if (charset.equals("UTF-32")) {
            path = file(("\uFEFF" + SECRET).getBytes(Charset.forName(charset)));
        }
        for (OAuthCredentialBuilder<?> builder : List.of(
                ClientSecretCredential.builder().secret(SecretFile.of(path)),
                WorkloadIdentityCredential.builder().tokenFile(path))) {
            assertThat(refused(builder))
                    .hasMessageContaining(path.toString())
                    .hasMessageContaining("it is " + name)
                    .hasMessageContaining("save it as UTF-8");
        }
    }

    @Test
    void shouldSayWhatIsWrongWithAFile() throws Exception {
        Path huge = directory.resolve("huge");
        try (RandomAccessFile sparse = new RandomAccessFile(huge.toFile(), "rw")) {
            sparse.setLength(2L << 30);
        }
        byte[] binary = new byte[256];
        for (int i = 0; i < binary.length; i++) {
            binary[i] = (byte) (0x80 + i);
        }
        Map<Path, String> files = Map.of(
                file(""),
                "it is empty",
                file(BOM + "\r\n"),
                "it is empty",
                file("   \n"),
                "it is empty",
                file("first\nsecond\n"),
                "it has 2 lines, but only one is expected",
                file("s\u00e9cret".getBytes(StandardCharsets.ISO_8859_1)),
                "it is not UTF-8 text",
                file(binary),
                "it is not UTF-8 text",
                file("abc\0def"),
                "it is binary and not text",
                huge,
                "is longer than the 65536 bytes",
                directory,
                "is a directory");
        files.forEach((path, words) -> {
            assertThat(refused(ClientSecretCredential.builder().secret(SecretFile.of(path))))
                    .hasMessageContaining("No secret")
                    .hasMessageContaining(path.toString())
                    .hasMessageContaining(words);
            assertThat(refused(WorkloadIdentityCredential.builder().tokenFile(path)))
                    .hasMessageContaining("No federated token")
                    .hasMessageContaining(path.toString())
                    .hasMessageContaining(words);
        });
        assertThat(refused(ClientSecretCredential.builder().secret(SecretFile.of(directory.resolve("none")))))
                .hasMessageContaining("there is no file");
        assertThat(authority.server.requests()).isEmpty();
    }

    @Test
    void shouldRefuseASecretThatALocaleHasDestroyed() {
        assertThat(refused(ClientSecretCredential.builder().secret(() -> "\uFFFD\uFFFD" + SECRET)))
                .hasMessageContaining("LC_ALL=C.UTF-8");
    }

    @Test
    void shouldReadARegularFileEachTime() throws Exception {
        Path path = file("the-first");
        SecretFile secret = SecretFile.of(path);
        assertThat(secret.get()).isEqualTo("the-first");
        Files.writeString(path, "the-second\n");
        assertThat(secret.get()).isEqualTo("the-second");
        assertThat(secret).hasToString("SecretFile[" + path + "]");
    }

    /** A pipe gives what it has once; a second reader would wait for a second writer indefinitely. */
    @Test
    @EnabledOnOs({OS.LINUX, OS.MAC})
    void shouldKeepWhatAPipeGave() throws Exception {
        Path pipe = directory.resolve("pipe");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();
        CompletableFuture<Void> writer = CompletableFuture.runAsync(() -> {
            try {
                Files.writeString(pipe, SECRET + "\n");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        ClientSecretCredential.Builder builder =
                ClientSecretCredential.builder().secret(SecretFile.of(pipe));
        TokenCredential credential = at(builder);
        TestAuthority.token(credential.getToken(REQUEST));
        TestAuthority.token(credential.getToken(REQUEST));
        writer.get(20, TimeUnit.SECONDS);
        assertThat(authority.form(0)).containsEntry("client_secret", SECRET);
        assertThat(authority.form(1)).containsEntry("client_secret", SECRET);
    }

    @Test
    @EnabledOnOs({OS.LINUX, OS.MAC})
    void shouldNotReadADeviceWithoutEnd() {
        assertThatThrownBy(SecretFile.of(Path.of("/dev/zero"))::get)
                .isInstanceOf(AuthenticationException.class)
                .hasMessageContaining("/dev/zero is longer than the 65536 bytes");
        assertThatThrownBy(SecretFile.of(Path.of("/dev/null"))::get)
                .isInstanceOf(AuthenticationException.class)
                .hasMessageContaining("it is empty");
    }
}
