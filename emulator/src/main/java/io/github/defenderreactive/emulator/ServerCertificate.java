package io.github.defenderreactive.emulator;

import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.time.Duration;
import java.time.Instant;

/** A fresh self-signed certificate for the loopback names. */
final class ServerCertificate {

    private ServerCertificate() {}

    static X509Bundle create() {
        Instant now = Instant.now();
        try {
            return new CertificateBuilder()
                    .subject("CN=localhost")
                    .ecp256()
                    .notBefore(now.minus(Duration.ofDays(1)))
                    .notAfter(now.plus(Duration.ofDays(365)))
                    .setIsCertificateAuthority(true)
                    .addSanDnsName("localhost")
                    .addSanIpAddress("127.0.0.1")
                    .addSanIpAddress("::1")
                    .buildSelfSigned();
        } catch (Exception e) {
            throw new IllegalStateException("No certificate for the emulator", e);
        }
    }
}
