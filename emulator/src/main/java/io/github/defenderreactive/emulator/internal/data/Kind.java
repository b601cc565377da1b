package io.github.defenderreactive.emulator.internal.data;

import java.util.Set;

/**
 * A kind of items that tests can read and change.
 *
 * @param name its name in plural, such as machineActions
 * @param item one item with its article, such as a response action
 * @param operation the operation that lists the items, which describes their members
 * @param fixed members that never change
 */
public record Kind(String name, String item, String operation, Set<String> fixed, Items items) {

    /** Returns the name of one item as messages begin with it. */
    public String noun() {
        return item.substring(item.indexOf(' ') + 1);
    }

    /** Returns the failure of an operation on an item that does not exist. */
    public IllegalArgumentException unknown(String id) {
        return new IllegalArgumentException("id must be the id of " + item + ", was '" + id + "'");
    }

    /** Returns the failure to add an item whose id exists. */
    public static IllegalArgumentException taken(String noun, String id) {
        return new IllegalArgumentException(noun + " member id must be new, was '" + id + "'");
    }
}
