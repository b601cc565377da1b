/**
 * What an operation is: its facts from the API description, and a call of it with arguments.
 */
@NullMarked
package io.github.defenderreactive.runtime.operation;

import org.jspecify.annotations.NullMarked;
