/** The HTTP server. */
@NullMarked
package io.github.defenderreactive.emulator.internal.server;

import org.jspecify.annotations.NullMarked;
