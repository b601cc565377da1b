/** Contract tests for what users implement themselves: a test class of theirs extends one and names the implementation. */
@org.jspecify.annotations.NullMarked
package io.github.defenderreactive.testkit;
