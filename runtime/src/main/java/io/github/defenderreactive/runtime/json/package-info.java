/**
 * Reading and writing JSON in one pass over the bytes. {@link JsonReader} and {@link JsonWriter} are the entry types;
 * {@link EnvelopeReader} decodes the items of an OData collection while it arrives. Readers and writers are confined to
 * one thread at a time, values are immutable. Every other package of the runtime may depend on this one, which depends
 * on none of them.
 */
@NullMarked
package io.github.defenderreactive.runtime.json;

import org.jspecify.annotations.NullMarked;
