/** The service without a transport: routing, admission, error form, and the slices. */
@NullMarked
package io.github.defenderreactive.emulator.internal.service;

import org.jspecify.annotations.NullMarked;
