package io.github.defenderreactive.emulator.internal.inventory;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A product with its versions, each a number from 0 on. An operating system has the patch levels for every build, and
 * one update for each level; any other product has one version for each level.
 *
 * @param number its place in the {@link Catalogue}
 * @param builds builds of an operating system; empty for any other product
 * @param firstKb number from which those of the updates are counted; 0 for any other product
 * @param patches last part of an operating system's version, whole version of any other product; the newest is the last
 */
public record Product(
        int number,
        String vendor,
        String name,
        String title,
        List<Integer> builds,
        int firstKb,
        List<String> patches,
        List<Weakness> weaknesses) {

    private static final int KB_STEP = 37;

    String id() {
        return vendor + "-_-" + name;
    }

    boolean operatingSystem() {
        return !builds.isEmpty();
    }

    int versions() {
        return Math.max(1, builds.size()) * patches.size();
    }

    int level(int version) {
        return version % patches.size();
    }

    /** Returns the last version to which an update leads from another one. */
    int last(int version) {
        return version - level(version) + patches.size() - 1;
    }

    String version(int version) {
        String patch = patches.get(level(version));
        return operatingSystem() ? "10.0." + builds.get(version / patches.size()) + "." + patch : patch;
    }

    /** Returns whether there is no later version. */
    boolean abandoned() {
        return patches.size() == 1;
    }

    List<Weakness> weaknesses(int version) {
        return weaknesses.stream()
                .filter(weakness -> weakness.isAt(level(version)))
                .toList();
    }

    boolean exposes(int version) {
        return weaknesses.stream().anyMatch(weakness -> weakness.isAt(level(version)));
    }

    /**
     * Returns the number of the update that leads to a patch level; null where versions are not changed by such
     * updates.
     */
    @Nullable
    String kb(int level) {
        return operatingSystem() && level > 0 && level < patches.size()
                ? Integer.toString(firstKb + level * KB_STEP)
                : null;
    }
}
