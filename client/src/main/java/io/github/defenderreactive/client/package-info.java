/**
 * The client of the Microsoft Defender for Endpoint API: {@link io.github.defenderreactive.client.DefenderClient} and
 * the resource groups it opens.
 */
@NullMarked
package io.github.defenderreactive.client;

import org.jspecify.annotations.NullMarked;
