/**
 * Typed OData filters over the properties that the service documents as filterable. {@link Filter} is the result type;
 * all types are immutable. The package depends on {@code json} only.
 */
@NullMarked
package io.github.defenderreactive.runtime.odata;

import org.jspecify.annotations.NullMarked;
