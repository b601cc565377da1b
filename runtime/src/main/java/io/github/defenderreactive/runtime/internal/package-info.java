/** Files that users name: secrets and certificates. Shared by the packages of this module; not an API. */
@NullMarked
package io.github.defenderreactive.runtime.internal;

import org.jspecify.annotations.NullMarked;
