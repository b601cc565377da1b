/**
 * The client of the Microsoft Defender for Endpoint API. The entry point is
 * {@link io.github.defenderreactive.client.DefenderClient}, which gives access to the API groups.
 */
@NullMarked
package io.github.defenderreactive.client;

import org.jspecify.annotations.NullMarked;
