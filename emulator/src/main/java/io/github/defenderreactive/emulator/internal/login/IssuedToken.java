package io.github.defenderreactive.emulator.internal.login;

import io.github.defenderreactive.emulator.internal.config.EmulatedUser;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The permissions of a token that this emulator issued.
 *
 * @param permissions roles of the application, or scopes of the user
 * @param user the user of a delegated token, null for an application token
 */
public record IssuedToken(
        String audience,
        String application,
        Set<String> permissions,
        @Nullable EmulatedUser user,
        Instant expires) {}
