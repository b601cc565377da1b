package io.github.defenderreactive.codegen.internal.java;

/**
 * Where generated classes go.
 *
 * @param model entities, enumerations and request bodies
 * @param query query objects and field constants
 * @param api stubs and operations
 */
public record Packages(String model, String query, String api) {}
