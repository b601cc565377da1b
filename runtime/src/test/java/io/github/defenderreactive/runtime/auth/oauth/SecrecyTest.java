package io.github.defenderreactive.runtime.auth.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.oauth2.sdk.id.ClientID;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.github.defenderreactive.runtime.auth.AccessToken;
import io.github.defenderreactive.runtime.auth.Authorization;
import io.github.defenderreactive.runtime.auth.ScriptedAuthority;
import io.github.defenderreactive.runtime.auth.TestKeys;
import io.github.defenderreactive.runtime.auth.TokenCache;
import io.github.defenderreactive.runtime.auth.TokenCredential;
import io.github.defenderreactive.runtime.auth.TokenRequest;
import io.github.defenderreactive.runtime.auth.UserAssertion;
import io.github.defenderreactive.runtime.internal.authorization.HeaderAuthorization;
import io.github.defenderreactive.runtime.internal.authorization.TokenAuthorization;
import io.github.defenderreactive.runtime.internal.token.IssuedTokens;
import io.github.defenderreactive.runtime.transport.Redaction;
import io.github.defenderreactive.runtime.transport.ResponseHead;
import io.github.defenderreactive.runtime.transport.Transport;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

/** No class of this package shows a secret that it holds, or that something it holds does. */
class SecrecyTest {

    private static final String SECRET = "s3cret-of-the-secrecy-test";
    private static final String JWT = "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJ4In0.s3cret-of-the-secrecy-test";
    private static final URI AUTHORITY = URI.create("https://login.example");
    private static final Transport NOBODY = new ScriptedAuthority();

    private static Map<String, Object> holders() {
        Map<String, Object> all = new LinkedHashMap<>();
        AccessToken token = AccessToken.of(SECRET, Instant.MAX);
        UserAssertion user = UserAssertion.of(JWT);
        TokenRequest request = TokenRequest.of("scope").onBehalfOf(user);
        ClientCertificate certificate =
                ClientCertificate.of(TestKeys.RSA.getKeyPair().getPrivate(), TestKeys.RSA.getCertificate());
        Redaction redaction = Redaction.of(List.of(SECRET));
        List<Object> objects = new ArrayList<>(List.of(
                token,
                user,
                request,
                certificate,
                certificate.load(),
                ClientCertificate.encryptedPem(SECRET::toCharArray, Path.of("own.pem")),
                ClientCertificate.pkcs12(Path.of("own.pfx"), SECRET::toCharArray),
                redaction,
                new TokenEndpoint.Response(new ResponseHead(200, Map.of("x", SECRET)), SECRET, redaction),
                new IssuedTokens(token, SECRET),
                new FormClientAuthentication(new ClientID("client"), Map.of("client_secret", SECRET)),
                RefreshTokenStore.inMemory(SECRET),
                AuthorityEndpoints.of(AUTHORITY, "tenant", TokenEndpoint.Version.V2),
                new HeaderAuthorization(Authorization.header("api_key", SECRET)),
                Authorization.bearer(Mono.just(SECRET)),
                Authorization.basic("ann", Mono.just(SECRET)),
                Objects.requireNonNull(new HeaderAuthorization(Authorization.header("api_key", SECRET))
                        .credentials()
                        .block())));
        List<OAuthCredentialBuilder<?>> builders = List.of(
                ClientSecretCredential.builder().secret(() -> SECRET),
                ClientCertificateCredential.builder().certificate(certificate),
                WorkloadIdentityCredential.builder().assertion(() -> Mono.just(SECRET)),
                DeviceCodeCredential.builder().clientSecret(() -> SECRET).prompt(prompt -> Mono.empty()),
                AuthorizationCodeCredential.builder()
                        .clientAssertion(() -> Mono.just(SECRET))
                        .open(uri -> Mono.empty()),
                RefreshTokenCredential.builder().store(RefreshTokenStore.inMemory(SECRET)),
                OnBehalfOfCredential.builder().clientSecret(() -> SECRET),
                passwordBuilder(),
                DefaultCredential.fromEnvironment(Map.of("AZURE_CLIENT_SECRET", SECRET)));
        for (OAuthCredentialBuilder<?> builder : builders) {
            builder.tenantId("tenant").clientId("client").authority(AUTHORITY).transport(NOBODY);
            objects.add(builder);
            TokenCredential credential = builder.build();
            objects.add(credential);
            objects.add(TokenCache.of(credential));
            objects.add(new TokenAuthorization(TokenCache.of(credential), request));
            objects.add(ChainedCredential.of(credential));
        }
        objects.forEach(object -> all.put(object.getClass().getSimpleName() + " " + all.size(), object));
        return all;
    }

    @SuppressWarnings("deprecation")
    private static OAuthCredentialBuilder<?> passwordBuilder() {
        return UsernamePasswordCredential.builder().username("ann").password(() -> SECRET);
    }

    @Test
    void shouldShowNoSecretInAnyRendering() {
        holders().forEach((name, object) -> assertRenderings(name, object, new IdentityHashMap<>()));
    }

    /** The object and everything of ours that it holds. */
    private static void assertRenderings(String name, Object object, IdentityHashMap<Object, Boolean> seen) {
        if (object == null || seen.put(object, true) != null) {
            return;
        }
        if (object instanceof Collection<?> many) {
            many.forEach(one -> assertRenderings(name, one, seen));
            return;
        }
        String type = object.getClass().getName();
        if (!type.startsWith("io.github.defenderreactive.runtime.auth.")
                        && !type.startsWith("io.github.defenderreactive.runtime.internal.")
                || object.getClass().isEnum()) {
            return;
        }
        assertThat(object.toString())
                .as("%s, %s", name, object.getClass())
                .doesNotContain("s3cret", JWT.split("\\.")[0], "RSA private");
        for (Class<?> held = object.getClass(); held != null && held != Object.class; held = held.getSuperclass()) {
            for (Field field : held.getDeclaredFields()) {
                if (!Modifier.isStatic(field.getModifiers()) && ours(held)) {
                    assertRenderings(name + "." + field.getName(), read(field, object), seen);
                }
            }
        }
    }

    private static boolean ours(Class<?> type) {
        return type.getName().startsWith("io.github.defenderreactive.");
    }

    private static Object read(Field field, Object object) {
        try {
            field.setAccessible(true);
            return field.get(object);
        } catch (IllegalAccessException e) {
            throw new AssertionError(e);
        }
    }

    /** A record renders all its components by itself. Each of these either says what it shows, or holds no secret. */
    @Test
    void shouldKnowEveryRecord() {
        Set<String> records = new ClassFileImporter()
                        .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                        .importPackages(
                                "io.github.defenderreactive.runtime.auth",
                                "io.github.defenderreactive.runtime.internal")
                        .stream()
                        .filter(JavaClass::isRecord)
                        // Records of a read hold no credential.
                        .filter(type -> !type.getPackageName().matches(".*\\.internal\\.(paging|position|rows)"))
                        .map(JavaClass::getSimpleName)
                        .collect(Collectors.toCollection(TreeSet::new));
        assertThat(records)
                .as("a new record is to be rendered in this test")
                .containsExactly(
                        "AuthorityContext",
                        "AuthorityEndpoints",
                        "CertifiedKey",
                        "Code",
                        "CredentialSettings",
                        "Credentials",
                        "DeviceCodePrompt",
                        "HeaderAuthorization",
                        "IssuedTokens",
                        "ManagedIdentityRequest",
                        "Missing",
                        "ReportedLimit",
                        "Response",
                        "SignatureOptions",
                        "TokenAuthorization",
                        "TokenRequest");
    }
}
