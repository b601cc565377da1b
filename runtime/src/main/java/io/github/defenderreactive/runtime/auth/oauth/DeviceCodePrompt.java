package io.github.defenderreactive.runtime.auth.oauth;

import java.net.URI;
import java.time.Instant;

/**
 * The instructions for a user who signs in on another device.
 *
 * @param userCode the code to enter
 * @param verificationUri the address of the page on which the code is entered
 * @param expiresAt the time at which the code expires
 * @param message the instructions as one sentence, in the words of the authority
 * @since 0.1.0
 */
public record DeviceCodePrompt(String userCode, URI verificationUri, Instant expiresAt, String message) {}
