/**
 * A stateful, deterministic Defender for Endpoint service with its token endpoint, in process.
 *
 * <p>{@link io.github.defenderreactive.emulator.DefenderEmulator} is the entry point;
 * {@link io.github.defenderreactive.emulator.DefenderEmulatorExtension} ties its life to JUnit tests.
 */
@NullMarked
package io.github.defenderreactive.emulator;

import org.jspecify.annotations.NullMarked;
