package io.github.defenderreactive.runtime.auth;

import java.net.URI;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** How an application proves at the token endpoint that it is the one its client id names. */
@FunctionalInterface
interface ClientProof {

    /** A public client: an installed program cannot keep a secret. */
    ClientProof NONE = endpoint -> Mono.just(Map.of());

    /** The form fields of the proof, made anew for each request. */
    Mono<Map<String, String>> at(URI endpoint);

    /** A shared secret. The supplier may block. */
    static ClientProof secret(Supplier<String> secret) {
        Objects.requireNonNull(secret, "secret");
        return endpoint -> Mono.fromCallable(() -> given(secret.get(), "The supplier of the client secret gave none"))
                .subscribeOn(Schedulers.boundedElastic())
                .map(value -> Map.of("client_secret", value));
    }

    /** A signed statement of the application itself, or of somebody the authority trusts to speak for it. */
    static ClientProof assertion(Supplier<Mono<String>> assertion) {
        Objects.requireNonNull(assertion, "assertion");
        return endpoint -> Mono.defer(assertion)
                .switchIfEmpty(Mono.error(() -> TokenErrors.unusable("The source of the client assertion gave none")))
                .map(value -> given(value, "The source of the client assertion gave an empty one"))
                .map(ClientProof::assertionFields);
    }

    /** An assertion that is signed with the key of a certificate. */
    static ClientProof certificate(CertificateAssertion assertion) {
        return endpoint -> assertion.signedFor(endpoint).map(ClientProof::assertionFields);
    }

    private static Map<String, String> assertionFields(String assertion) {
        return Map.of(
                "client_assertion_type",
                "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
                "client_assertion",
                assertion);
    }

    private static String given(@Nullable String value, String otherwise) {
        if (value == null || value.isBlank()) {
            throw TokenErrors.unusable(otherwise);
        }
        return value;
    }
}
