/**
 * Requests and responses of the service without a transport.
 *
 * <p>{@link io.github.defenderreactive.emulator.DefenderService} takes and returns them.
 */
@NullMarked
package io.github.defenderreactive.emulator.http;

import org.jspecify.annotations.NullMarked;
