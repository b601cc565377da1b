package io.github.defenderreactive.emulator.internal.login;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.github.defenderreactive.emulator.internal.config.FederatedIdentity;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAPublicKey;
import java.text.ParseException;
import java.time.Clock;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Validates client assertions. */
final class AssertionValidator {

    static final String EXCHANGE = "api://AzureADTokenExchange";

    private static final Set<JWSAlgorithm> ALGORITHMS = Set.of(JWSAlgorithm.PS256, JWSAlgorithm.RS256);

    private final String clientId;
    private final List<X509Certificate> certificates;
    private final List<FederatedIdentity> federated;
    private final Clock clock;
    private final Map<String, Instant> used = new ConcurrentHashMap<>();

    AssertionValidator(
            String clientId, List<X509Certificate> certificates, List<FederatedIdentity> federated, Clock clock) {
        this.clientId = clientId;
        this.certificates = certificates;
        this.federated = federated;
        this.clock = clock;
    }

    /**
     * Checks an assertion.
     *
     * @param endpoint the URL of the called endpoint
     * @throws LoginProblem if it is not valid
     */
    void check(String assertion, String endpoint) {
        SignedJWT jwt;
        JWTClaimsSet claims;
        try {
            jwt = SignedJWT.parse(assertion);
            claims = jwt.getJWTClaimsSet();
        } catch (ParseException e) {
            throw LoginProblem.client(50027, "JWT token is invalid or malformed.");
        }
        if (!ALGORITHMS.contains(jwt.getHeader().getAlgorithm())) {
            throw LoginProblem.client(
                    50027, "JWT token is invalid: algorithm " + jwt.getHeader().getAlgorithm() + " is not accepted.");
        }
        if (isThumbprinted(jwt.getHeader())) {
            checkOwn(jwt, claims, endpoint);
        } else {
            checkFederated(jwt, claims);
        }
    }

    private static boolean isThumbprinted(JWSHeader header) {
        return header.getX509CertSHA256Thumbprint() != null || sha1Thumbprint(header) != null;
    }

    private void checkOwn(SignedJWT jwt, JWTClaimsSet claims, String endpoint) {
        X509Certificate certificate = certificates.stream()
                .filter(one -> named(jwt.getHeader(), one))
                .findFirst()
                .orElseThrow(() -> LoginProblem.client(
                        700027,
                        "The certificate with identifier used to sign the client assertion is not registered on"
                                + " application."));
        if (!verified(jwt, (RSAPublicKey) certificate.getPublicKey())) {
            throw LoginProblem.client(700027, "Client assertion contains an invalid signature.");
        }
        checkTime(claims);
        if (!clientId.equals(claims.getIssuer()) || !clientId.equals(claims.getSubject())) {
            throw LoginProblem.client(
                    700021, "Client assertion application identifier doesn't match 'client_id' parameter.");
        }
        if (!claims.getAudience().equals(List.of(endpoint))) {
            throw LoginProblem.client(
                    50013, "Assertion audience " + claims.getAudience() + " is not " + endpoint + ".");
        }
        checkUnused(claims);
    }

    private void checkUnused(JWTClaimsSet claims) {
        Instant now = clock.instant();
        used.values().removeIf(end -> end.isBefore(now));
        String id = claims.getJWTID();
        Date end = claims.getExpirationTime();
        if (id == null || end == null || used.putIfAbsent(id, end.toInstant()) != null) {
            throw LoginProblem.client(50013, "Assertion has no identifier of its own ('jti'), or was used before.");
        }
    }

    private void checkFederated(SignedJWT jwt, JWTClaimsSet claims) {
        FederatedIdentity identity = federated.stream()
                .filter(one -> one.issuer().equals(claims.getIssuer())
                        && one.subject().equals(claims.getSubject())
                        && claims.getAudience().contains(EXCHANGE))
                .findFirst()
                .orElseThrow(() -> LoginProblem.client(
                        70021,
                        "No matching federated identity record found for presented assertion. Assertion issuer: '"
                                + claims.getIssuer() + "', subject: '" + claims.getSubject() + "', audience: "
                                + claims.getAudience() + "."));
        if (!verified(jwt, identity.key())) {
            throw LoginProblem.client(50012, "Client assertion failed signature validation.");
        }
        checkTime(claims);
    }

    private void checkTime(JWTClaimsSet claims) {
        Instant now = clock.instant();
        Date end = claims.getExpirationTime();
        Date begin = claims.getNotBeforeTime();
        if (end == null
                || !end.toInstant().isAfter(now)
                || begin != null && begin.toInstant().isAfter(now)) {
            throw LoginProblem.client(700024, "Client assertion is not within its valid time range.");
        }
    }

    private static boolean verified(SignedJWT jwt, RSAPublicKey key) {
        try {
            return jwt.verify(new RSASSAVerifier(key));
        } catch (JOSEException e) {
            return false;
        }
    }

    private static boolean named(JWSHeader header, X509Certificate certificate) {
        Base64URL sha256 = header.getX509CertSHA256Thumbprint();
        return sha256 == null
                ? thumbprint("SHA-1", certificate).equals(sha1Thumbprint(header))
                : thumbprint("SHA-256", certificate).equals(sha256);
    }

    private static @Nullable Base64URL sha1Thumbprint(JWSHeader header) {
        return header.toJSONObject().get("x5t") instanceof String value ? new Base64URL(value) : null;
    }

    private static Base64URL thumbprint(String algorithm, X509Certificate certificate) {
        try {
            return Base64URL.encode(MessageDigest.getInstance(algorithm).digest(certificate.getEncoded()));
        } catch (NoSuchAlgorithmException | CertificateEncodingException e) {
            throw new IllegalStateException(e);
        }
    }
}
