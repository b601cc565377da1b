/**
 * Reading and writing JSON in one pass over the bytes, and the OData envelope item by item while it arrives.
 */
@NullMarked
package io.github.defenderreactive.runtime.json;

import org.jspecify.annotations.NullMarked;
