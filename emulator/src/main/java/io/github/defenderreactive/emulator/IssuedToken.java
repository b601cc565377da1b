package io.github.defenderreactive.emulator;

import java.time.Instant;
import java.util.Set;

/** What a token that this emulator issued allows. */
record IssuedToken(String audience, String application, Set<String> roles, Instant expires) {}
