package io.github.defenderreactive.codegen;

/**
 * Where generated classes go.
 *
 * @param model entities, enumerations and request bodies
 * @param query query objects and field constants
 * @param api stubs and operations
 */
record Packages(String model, String query, String api) {}
