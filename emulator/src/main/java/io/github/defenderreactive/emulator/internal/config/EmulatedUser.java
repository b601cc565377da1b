package io.github.defenderreactive.emulator.internal.config;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A user who can sign in.
 *
 * @param name the user principal name
 * @param permissions the delegated permissions that are consented to, null for all
 */
public record EmulatedUser(
        String name,
        String password,
        String objectId,
        @Nullable Set<String> permissions) {

    @Override
    public String toString() {
        return name;
    }
}
