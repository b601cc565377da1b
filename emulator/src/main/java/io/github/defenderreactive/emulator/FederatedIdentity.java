package io.github.defenderreactive.emulator;

import java.security.interfaces.RSAPublicKey;

/** A workload of another platform that may speak for the application. */
record FederatedIdentity(String issuer, String subject, RSAPublicKey key) {}
