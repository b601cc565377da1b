/**
 * Typed OData filters over the properties that the service documents as filterable.
 */
@NullMarked
package io.github.defenderreactive.runtime.odata;

import org.jspecify.annotations.NullMarked;
