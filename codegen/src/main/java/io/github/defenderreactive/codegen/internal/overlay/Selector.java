package io.github.defenderreactive.codegen.internal.overlay;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.function.BiPredicate;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The part of a path that selects among the children of a node. */
sealed interface Selector {

    void select(Match node, JsonNode root, Consumer<Match> selected);

    /** Returns whether the selector selects at most one child. */
    default boolean isSingular() {
        return false;
    }

    private static void children(Match node, Consumer<Match> children) {
        if (node.node().isArray()) {
            for (int i = 0; i < node.node().size(); i++) {
                children.accept(node.child(i));
            }
        } else {
            node.node().fieldNames().forEachRemaining(name -> children.accept(node.child(name)));
        }
    }

    /** A node and everything below it. */
    static void descendants(Match node, Consumer<Match> descendants) {
        descendants.accept(node);
        children(node, child -> descendants(child, descendants));
    }

    /** A member of an object. */
    record Name(String name) implements Selector {

        @Override
        public void select(Match node, JsonNode root, Consumer<Match> selected) {
            if (node.node().isObject() && node.node().has(name)) {
                selected.accept(node.child(name));
            }
        }

        @Override
        public boolean isSingular() {
            return true;
        }
    }

    /** All children. */
    record Wildcard() implements Selector {

        @Override
        public void select(Match node, JsonNode root, Consumer<Match> selected) {
            children(node, selected);
        }
    }

    /** An element of an array, counted from the end if the index is negative. */
    record Index(long index) implements Selector {

        @Override
        public void select(Match node, JsonNode root, Consumer<Match> selected) {
            int size = node.node().isArray() ? node.node().size() : 0;
            long at = index < 0 ? size + index : index;
            if (at >= 0 && at < size) {
                selected.accept(node.child((int) at));
            }
        }

        @Override
        public boolean isSingular() {
            return true;
        }
    }

    /** A range of an array. The end is excluded, and the bounds are null if they are not given. */
    record Slice(@Nullable Long start, @Nullable Long end, long step) implements Selector {

        @Override
        public void select(Match node, JsonNode root, Consumer<Match> selected) {
            if (!node.node().isArray() || step == 0) {
                return;
            }
            long size = node.node().size();
            long first = step > 0 ? bound(start, 0, 0, size, size) : bound(start, size - 1, -1, size - 1, size);
            long last = step > 0 ? bound(end, size, 0, size, size) : bound(end, -1, -1, size - 1, size);
            // Steps may be as large as 2^53, so the sum cannot overflow.
            for (long i = first; step > 0 ? i < last : i > last; i += step) {
                selected.accept(node.child((int) i));
            }
        }

        private static long bound(@Nullable Long given, long otherwise, long low, long high, long size) {
            if (given == null) {
                return otherwise;
            }
            return Math.min(Math.max(given < 0 ? size + given : given, low), high);
        }
    }

    /** The children for which a condition is true; it receives the child and the root. */
    record Filter(BiPredicate<JsonNode, JsonNode> condition) implements Selector {

        @Override
        public void select(Match node, JsonNode root, Consumer<Match> selected) {
            children(node, child -> {
                if (condition.test(child.node(), root)) {
                    selected.accept(child);
                }
            });
        }
    }
}
