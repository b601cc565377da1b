package io.github.defenderreactive.codegen.internal.java;

/**
 * The packages of generated classes.
 *
 * @param model entities, enumerations and request bodies
 * @param query query objects and field constants
 * @param api operations, their groups and the entry type
 */
public record Packages(String model, String query, String api) {}
