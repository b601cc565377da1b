package io.github.defenderreactive.codegen.internal.normalize;

/**
 * One step of the normalization. It rewrites what it understands and leaves everything else, because the checks of the
 * dialect name what is wrong with a description.
 */
interface Stage {

    void apply(Draft draft);
}
