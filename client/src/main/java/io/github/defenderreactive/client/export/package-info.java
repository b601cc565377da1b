/** Exports as files: a stream of records over all files of an export, and files on disk. */
@NullMarked
package io.github.defenderreactive.client.export;

import org.jspecify.annotations.NullMarked;
