package io.github.defenderreactive.emulator.internal.config;

import java.security.interfaces.RSAPublicKey;

/** A workload of another platform that may authenticate as the application. */
public record FederatedIdentity(String issuer, String subject, RSAPublicKey key) {}
