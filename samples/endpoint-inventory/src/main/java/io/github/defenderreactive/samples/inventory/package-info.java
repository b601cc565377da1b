/** A service that collects what is installed on the devices of a tenant, what ran on them, and what a script reports. */
@NullMarked
package io.github.defenderreactive.samples.inventory;

import org.jspecify.annotations.NullMarked;
