package io.github.defenderreactive.runtime.auth.oauth;

import java.net.URI;
import java.time.Instant;

/**
 * What a person must be told to sign in on another device.
 *
 * @param userCode what to type in
 * @param verificationUri where to type it in
 * @param expiresAt until when
 * @param message the same as one sentence, as the authority words it
 * @since 0.1.0
 */
public record DeviceCodePrompt(String userCode, URI verificationUri, Instant expiresAt, String message) {}
