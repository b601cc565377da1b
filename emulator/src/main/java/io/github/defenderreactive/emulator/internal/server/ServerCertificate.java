package io.github.defenderreactive.emulator.internal.server;

import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.time.Duration;
import java.time.Instant;

/** A new self-signed certificate for the loopback names. */
public final class ServerCertificate {

    /** Long enough for tests with a skewed clock, which do not test the connection. */
    private static final Duration VALIDITY = Duration.ofDays(3 * 365);

    private ServerCertificate() {}

    public static X509Bundle create() {
        Instant now = Instant.now();
        try {
            return new CertificateBuilder()
                    .subject("CN=localhost")
                    .ecp256()
                    .notBefore(now.minus(VALIDITY))
                    .notAfter(now.plus(VALIDITY))
                    .setIsCertificateAuthority(true)
                    .addSanDnsName("localhost")
                    .addSanIpAddress("127.0.0.1")
                    .addSanIpAddress("::1")
                    .buildSelfSigned();
        } catch (Exception e) {
            throw new IllegalStateException("The certificate of the emulator could not be created", e);
        }
    }
}
