package io.github.defenderreactive.runtime.auth.claims;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import io.github.defenderreactive.runtime.auth.AccessToken;
import io.github.defenderreactive.runtime.error.AuthenticationException;
import io.github.defenderreactive.runtime.internal.Arguments;
import io.github.defenderreactive.runtime.internal.authority.TokenErrors;
import io.github.defenderreactive.runtime.transport.Transport;
import java.net.URI;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Validates access tokens against the keys of their issuer: in a service that accepts calls of users and calls on their
 * behalf, and in a program that checks whether a token comes from the right issuer.
 *
 * <p>The keys are cached for 24 hours. A token with an unknown key causes a refresh, at most every 5 minutes.
 * Thread-safe. Holds no resources.
 *
 * @since 0.1.0
 */
public final class AccessTokenValidator {

    /** The default tolerance for clock differences. */
    public static final Duration DEFAULT_CLOCK_SKEW = Duration.ofMinutes(2);

    private static final Set<JWSAlgorithm> ALGORITHMS = Set.of(
            JWSAlgorithm.RS256,
            JWSAlgorithm.RS384,
            JWSAlgorithm.RS512,
            JWSAlgorithm.PS256,
            JWSAlgorithm.PS384,
            JWSAlgorithm.PS512,
            JWSAlgorithm.ES256,
            JWSAlgorithm.ES384,
            JWSAlgorithm.ES512);

    private final Set<String> issuers;
    private final Set<String> audiences;
    private final JsonWebKeys keys;
    private final Clock clock;
    private final Duration clockSkew;

    private AccessTokenValidator(Builder from, URI keys, Transport transport) {
        this.issuers = Set.copyOf(from.issuers);
        this.audiences = Set.copyOf(from.audiences);
        this.keys = new JsonWebKeys(keys, transport, from.clock);
        this.clock = from.clock;
        this.clockSkew = from.clockSkew;
    }

    /**
     * Returns a new builder.
     *
     * @return a new builder
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Validates signature, issuer, audience and lifetime. Cold.
     *
     * @param token the token
     * @return the claims of the token; {@link AuthenticationException} with the reason if the token is not valid; an
     *     error of the transport if the keys cannot be fetched. Cancel affects this caller only
     */
    public Mono<AccessTokenClaims> validate(AccessToken token) {
        return Mono.defer(() -> {
            SignedJWT jwt = parsed(token);
            return keys.cached()
                    .flatMap(known -> containsKey(known, jwt) ? Mono.just(known) : keys.refreshed())
                    .map(current -> verified(jwt, current, token));
        });
    }

    private static SignedJWT parsed(AccessToken token) {
        try {
            return SignedJWT.parse(token.value());
        } catch (ParseException e) {
            // without the cause, which may quote the token
            throw invalid("it is not a signed JSON web token");
        }
    }

    private static boolean containsKey(JWKSet keys, SignedJWT jwt) {
        String id = jwt.getHeader().getKeyID();
        return id != null && keys.getKeyByKeyId(id) != null;
    }

    private AccessTokenClaims verified(SignedJWT jwt, JWKSet known, AccessToken token) {
        DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();
        processor.setJWSTypeVerifier(
                new DefaultJOSEObjectTypeVerifier<>(JOSEObjectType.JWT, new JOSEObjectType("at+jwt"), null));
        processor.setJWSKeySelector(new JWSVerificationKeySelector<>(ALGORITHMS, new ImmutableJWKSet<>(known)));
        // checked below, by the configured clock and with our messages
        processor.setJWTClaimsSetVerifier((claims, context) -> {});
        try {
            processor.process(jwt, null);
        } catch (BadJOSEException | JOSEException e) {
            throw invalid("no key of the issuer has signed it (algorithm "
                    + jwt.getHeader().getAlgorithm() + ", key "
                    + jwt.getHeader().getKeyID() + ")");
        }
        AccessTokenClaims claims = AccessTokenClaims.of(token);
        require(claims);
        return claims;
    }

    private void require(AccessTokenClaims claims) {
        String issuer = claims.issuer();
        if (issuer == null || !issuers.contains(issuer)) {
            throw invalid("its issuer is " + issuer + ", not one of " + issuers);
        }
        if (claims.audience().stream().noneMatch(audiences::contains)) {
            throw invalid("it is for " + claims.audience() + ", not for one of " + audiences);
        }
        Instant now = clock.instant();
        Instant end = claims.expiresAt();
        if (end == null || !now.isBefore(end.plus(clockSkew))) {
            throw invalid(end == null ? "it has no expiry time" : "it expired at " + end);
        }
        Instant begin = claims.notBefore();
        if (begin != null && now.plus(clockSkew).isBefore(begin)) {
            throw invalid("it is not valid before " + begin + ": check this computer's clock");
        }
    }

    private static AuthenticationException invalid(String why) {
        return TokenErrors.unusable("The access token is not valid: " + why);
    }

    @Override
    public String toString() {
        return "AccessTokenValidator[" + issuers + ", " + audiences + ", " + keys + "]";
    }

    /**
     * Builds {@link AccessTokenValidator} instances.
     *
     * @since 0.1.0
     */
    public static final class Builder {

        private final List<String> issuers = new ArrayList<>();
        private final List<String> audiences = new ArrayList<>();
        private @Nullable URI keys;
        private @Nullable Transport transport;
        private Clock clock = Clock.systemUTC();
        private Duration clockSkew = DEFAULT_CLOCK_SKEW;

        private Builder() {}

        /**
         * Adds a trusted issuer.
         *
         * @param name the value of {@code iss}: {@code https://login.microsoftonline.com/TENANT/v2.0}, or
         *     {@code https://sts.windows.net/TENANT/} for tokens of version 1
         * @return this builder
         */
        public Builder issuer(String name) {
            issuers.add(Objects.requireNonNull(name, "name"));
            return this;
        }

        /**
         * Adds an accepted audience.
         *
         * @param name the value of {@code aud}: an address or an application id
         * @return this builder
         */
        public Builder audience(String name) {
            audiences.add(Objects.requireNonNull(name, "name"));
            return this;
        }

        /**
         * Sets the address at which the issuer publishes its keys.
         *
         * @param uri {@code jwks_uri} of the issuer's metadata:
         *     {@code https://login.microsoftonline.com/TENANT/discovery/v2.0/keys}
         * @return this builder
         */
        public Builder keys(URI uri) {
            this.keys = Objects.requireNonNull(uri, "uri");
            return this;
        }

        /**
         * Sets the transport that fetches the keys.
         *
         * @param sender the transport; it is not closed
         * @return this builder
         */
        public Builder transport(Transport sender) {
            this.transport = Objects.requireNonNull(sender, "sender");
            return this;
        }

        /**
         * Sets the clock used for expiry.
         *
         * @param source the clock; default the system clock
         * @return this builder
         */
        public Builder clock(Clock source) {
            this.clock = Objects.requireNonNull(source, "source");
            return this;
        }

        /**
         * Sets the tolerated difference between this computer's clock and the issuer's.
         *
         * @param most a duration that is not negative; default 2 minutes
         * @return this builder
         * @throws IllegalArgumentException if the duration is negative
         */
        public Builder clockSkew(Duration most) {
            this.clockSkew = Arguments.notNegative("clockSkew", most);
            return this;
        }

        /**
         * Builds the validator.
         *
         * @return the validator
         * @throws IllegalStateException if issuer, audience, keys or transport is missing
         */
        public AccessTokenValidator build() {
            if (issuers.isEmpty() || audiences.isEmpty() || keys == null || transport == null) {
                throw new IllegalStateException("issuer, audience, keys and transport must be set");
            }
            return new AccessTokenValidator(this, keys, transport);
        }
    }
}
