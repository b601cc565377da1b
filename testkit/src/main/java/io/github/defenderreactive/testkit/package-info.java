/**
 * Contract tests for interfaces that users implement. A test class extends {@link CursorStoreContract} or
 * {@link SharedQuotaContract} and returns the implementation. The package depends on the client and JUnit; only tests
 * should depend on it.
 */
@org.jspecify.annotations.NullMarked
package io.github.defenderreactive.testkit;
