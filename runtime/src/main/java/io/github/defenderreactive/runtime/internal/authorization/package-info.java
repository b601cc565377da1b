/** Sources of the credentials of calls. Not part of the API; only the pipeline may depend on it. */
@NullMarked
package io.github.defenderreactive.runtime.internal.authorization;

import org.jspecify.annotations.NullMarked;
