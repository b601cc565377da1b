/** Software, vulnerabilities, recommendations, remediation and scores. */
@NullMarked
package io.github.defenderreactive.emulator.internal.inventory;

import org.jspecify.annotations.NullMarked;
