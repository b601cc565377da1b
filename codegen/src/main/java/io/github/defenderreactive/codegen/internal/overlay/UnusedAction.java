package io.github.defenderreactive.codegen.internal.overlay;

/**
 * An action whose target selected nothing, which is legal and mostly a mistake.
 *
 * @param location file, line and column
 * @param place pointer of the action in the overlay
 * @param target the path
 */
public record UnusedAction(String location, String place, String target) {

    /** Returns the finding. */
    public String message() {
        return location + " #" + place + ": the target " + target
                + " selects nothing in the description; correct the path, or remove the action";
    }
}
