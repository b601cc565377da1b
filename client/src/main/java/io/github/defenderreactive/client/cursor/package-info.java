/**
 * Positions of watches and the stores that keep them: {@link io.github.defenderreactive.client.cursor.CursorStore} in
 * memory, in a file, or written by the user.
 */
@NullMarked
package io.github.defenderreactive.client.cursor;

import org.jspecify.annotations.NullMarked;
