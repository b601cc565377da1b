package io.github.defenderreactive.emulator.internal.login;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.github.defenderreactive.emulator.http.ResponseBody;
import io.github.defenderreactive.emulator.http.ServiceResponse;
import io.github.defenderreactive.emulator.internal.config.EmulatedUser;
import io.github.defenderreactive.emulator.internal.config.ServiceOptions;
import io.github.defenderreactive.emulator.internal.json.Values;
import io.github.defenderreactive.emulator.internal.seed.Seeded;
import java.time.Clock;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Issues signed access tokens, and recognises them later. */
final class AccessTokens {

    /** One key for all emulators of the process, because creating a key dominates the start time. */
    private static final class Signing {
        private static final RSAKey KEY = key();

        private static RSAKey key() {
            try {
                return new RSAKeyGenerator(2048).keyIDFromThumbprint(true).generate();
            } catch (JOSEException e) {
                throw new IllegalStateException("The signing key could not be created", e);
            }
        }
    }

    private final ServiceOptions options;
    private final Clock clock;
    private final AtomicLong count = new AtomicLong();
    private final ConcurrentMap<String, IssuedToken> issued = new ConcurrentHashMap<>();

    AccessTokens(ServiceOptions options, Clock clock) {
        this.options = options;
        this.clock = clock;
    }

    /** Returns the token of an Authorization header's value, null if this emulator did not issue it. */
    @Nullable
    IssuedToken find(String token) {
        return issued.get(token);
    }

    ServiceResponse keys() {
        return new ServiceResponse(
                200,
                Map.of("Content-Type", "application/json; charset=utf-8"),
                ResponseBody.of(Values.utf8(new JWKSet(Signing.KEY.toPublicJWK()).toString())));
    }

    /** Returns a new token; its permissions are roles without a user, scopes with one. */
    String issue(
            String root, String audience, String application, Set<String> permissions, @Nullable EmulatedUser user) {
        Instant now = clock.instant();
        Instant expires = now.plus(options.tokenLifetime());
        JWTClaimsSet.Builder claims = new JWTClaimsSet.Builder()
                .audience(audience)
                .issuer(root + "/" + options.tenantId() + "/v2.0")
                .issueTime(Date.from(now))
                .notBeforeTime(Date.from(now))
                .expirationTime(Date.from(expires))
                .jwtID(Seeded.uuid(options.seed(), count.incrementAndGet(), 82))
                .claim("appid", application)
                .claim("tid", options.tenantId())
                .claim("ver", "1.0");
        if (user != null) {
            claims.subject(user.objectId())
                    .claim("oid", user.objectId())
                    .claim("upn", user.name())
                    .claim("scp", String.join(" ", permissions));
        } else {
            claims.subject(Seeded.uuid(options.seed(), 0, 83));
            // an application without roles gets a token all the same
            if (!permissions.isEmpty()) {
                claims.claim("roles", List.copyOf(permissions));
            }
        }
        String token = signed(claims.build());
        issued.values()
                .removeIf(old -> old.expires().plus(options.tokenLifetime()).isBefore(now));
        issued.put(token, new IssuedToken(audience, application, permissions, user, expires));
        return token;
    }

    private static String signed(JWTClaimsSet claims) {
        SignedJWT jwt = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.RS256)
                        .type(JOSEObjectType.JWT)
                        .keyID(Signing.KEY.getKeyID())
                        .build(),
                claims);
        try {
            jwt.sign(new RSASSASigner(Signing.KEY));
        } catch (JOSEException e) {
            throw new IllegalStateException("The token could not be signed", e);
        }
        return jwt.serialize();
    }
}
