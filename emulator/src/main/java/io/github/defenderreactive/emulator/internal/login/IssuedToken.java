package io.github.defenderreactive.emulator.internal.login;

import io.github.defenderreactive.emulator.internal.config.EmulatedUser;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a token that this emulator issued allows.
 *
 * @param permissions roles of the application, or scopes of the user
 * @param user on whose behalf, null for the application itself
 */
public record IssuedToken(
        String audience,
        String application,
        Set<String> permissions,
        @Nullable EmulatedUser user,
        Instant expires) {}
