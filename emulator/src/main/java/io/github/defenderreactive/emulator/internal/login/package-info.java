/** The endpoints that issue tokens. */
@NullMarked
package io.github.defenderreactive.emulator.internal.login;

import org.jspecify.annotations.NullMarked;
