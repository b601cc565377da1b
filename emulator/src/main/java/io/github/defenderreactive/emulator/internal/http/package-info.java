/** What requests and responses are made of: queries, forms, coded bodies and refusals. */
@NullMarked
package io.github.defenderreactive.emulator.internal.http;

import org.jspecify.annotations.NullMarked;
