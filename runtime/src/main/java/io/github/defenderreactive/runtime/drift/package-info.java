/**
 * Differences between responses and the API description: members, types and enum values that the description does not
 * contain. {@link DriftRecorder} is the entry point.
 */
@NullMarked
package io.github.defenderreactive.runtime.drift;

import org.jspecify.annotations.NullMarked;
