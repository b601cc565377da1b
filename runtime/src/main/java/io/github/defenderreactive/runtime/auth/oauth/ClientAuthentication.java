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

/** How an application proves at the token endpoint that it is the one its client id names. */
@FunctionalInterface
interface ClientAuthentication {

    /** A public client: an installed program cannot keep a secret. */
    ClientAuthentication NONE = endpoint -> Mono.just(Map.of());

    /** The replacement character of decoders, for bytes that do not belong to their encoding. */
    char UNDECODABLE = '\uFFFD';

    /** The form fields of the proof, made anew for each request. */
    Mono<Map<String, String>> at(URI endpoint);

    /** A shared secret. The supplier may block. */
    static ClientAuthentication secret(Supplier<String> secret) {
        Objects.requireNonNull(secret, "secret");
        String what = "The supplier of the client secret";
        return endpoint -> ForeignCode.value(what, () -> given(secret.get(), what + " gave none"))
                .map(value -> Map.of("client_secret", value));
    }

    /** A signed statement of the application itself, or of somebody the authority trusts to speak for it. */
    static ClientAuthentication assertion(Supplier<Mono<String>> assertion) {
        Objects.requireNonNull(assertion, "assertion");
        String what = "The source of the client assertion";
        return endpoint -> ForeignCode.signals(what, assertion)
                .switchIfEmpty(Mono.error(() -> TokenErrors.unusable(what + " gave none")))
                .map(value -> given(value, what + " gave an empty one"))
                .map(ClientAuthentication::assertionFields);
    }

    /** An assertion that is signed with the key of a certificate. */
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

    /** Without what a file or a variable has around it: neither a secret nor an assertion begins or ends with a blank. */
    private static String given(@Nullable String value, String otherwise) {
        String text = value == null ? "" : GivenText.of(value).strip();
        if (text.isEmpty()) {
            throw TokenErrors.unusable(otherwise);
        }
        if (text.indexOf(UNDECODABLE) >= 0) {
            throw TokenErrors.unusable(
                    "The proof of the application holds characters that were lost when it was decoded:"
                            + " start this process with a UTF-8 locale, such as LC_ALL=C.UTF-8, or take it from a file in UTF-8");
        }
        return text;
    }
}
