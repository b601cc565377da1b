package io.github.defenderreactive.runtime.auth.oauth;

import io.github.defenderreactive.runtime.internal.ForeignCode;
import io.github.defenderreactive.runtime.internal.GivenText;
import io.github.defenderreactive.runtime.internal.authority.TokenErrors;
import java.net.URI;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** The authentication of a client at the token endpoint. */
@FunctionalInterface
interface ClientAuthentication {

    /** A public client: an installed program cannot keep a secret. */
    ClientAuthentication NONE = endpoint -> Mono.just(Map.of());

    /** The replacement character of decoders, for bytes that are not valid in their encoding. */
    char UNDECODABLE = '\uFFFD';

    /** Returns new form fields for a request. */
    Mono<Map<String, String>> at(URI endpoint);

    /** Creates an authentication by a shared secret. The supplier may block. */
    static ClientAuthentication secret(Supplier<String> secret) {
        Objects.requireNonNull(secret, "secret");
        String what = "The supplier of the client secret";
        return endpoint -> ForeignCode.value(what, () -> requireValue(secret.get(), what + " returned none"))
                .map(value -> Map.of("client_secret", value));
    }

    /** Creates an authentication by an assertion of the application, or of an issuer that the authority trusts. */
    static ClientAuthentication assertion(Supplier<Mono<String>> assertion) {
        Objects.requireNonNull(assertion, "assertion");
        String what = "The source of the client assertion";
        return endpoint -> ForeignCode.signals(what, assertion)
                .switchIfEmpty(Mono.error(() -> TokenErrors.unusable(what + " returned none")))
                .map(value -> requireValue(value, what + " returned an empty one"))
                .map(ClientAuthentication::assertionFields);
    }

    /** Creates an authentication by an assertion signed with the key of a certificate. */
    static ClientAuthentication certificate(CertificateAssertion assertion) {
        return endpoint -> assertion.signedFor(endpoint).map(ClientAuthentication::assertionFields);
    }

    private static Map<String, String> assertionFields(String assertion) {
        return Map.of(
                "client_assertion_type",
                "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
                "client_assertion",
                assertion);
    }

    /** Removes blanks and line ends around the value: neither a secret nor an assertion begins or ends with a blank. */
    private static String requireValue(@Nullable String value, String message) {
        String text = value == null ? "" : GivenText.of(value).strip();
        if (text.isEmpty()) {
            throw TokenErrors.unusable(message);
        }
        if (text.indexOf(UNDECODABLE) >= 0) {
            throw TokenErrors.unusable(
                    "The secret or assertion of the application contains characters that were lost when it was decoded:"
                            + " start this process with a UTF-8 locale, such as LC_ALL=C.UTF-8, or read it from a"
                            + " file in UTF-8");
        }
        return text;
    }
}
