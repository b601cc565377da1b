package io.github.defenderreactive.codegen.internal.description;

import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Thrown if an API description is invalid. The message names every finding with its place.
 *
 * @since 0.1.0
 */
public final class DescriptionException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient List<Finding> findings;

    /** A problem, and its place in the described document. */
    private record Finding(@Nullable Pointer place, String text) {
        String message() {
            return place == null ? text : "#" + place + ": " + text;
        }
    }

    public DescriptionException(String finding) {
        this(List.of(new Finding(null, finding)), null);
    }

    public DescriptionException(String finding, Throwable cause) {
        this(List.of(new Finding(null, finding)), cause);
    }

    public DescriptionException(List<String> findings) {
        this(findings.stream().map(finding -> new Finding(null, finding)).toList(), null);
    }

    public DescriptionException(Pointer place, String finding) {
        this(List.of(new Finding(place, finding)), null);
    }

    private DescriptionException(List<Finding> findings, @Nullable Throwable cause) {
        super(message(findings.stream().map(Finding::message).toList()), cause);
        this.findings = List.copyOf(findings);
    }

    /** Returns one exception with the findings of all. */
    public static DescriptionException all(List<DescriptionException> problems) {
        return new DescriptionException(
                problems.stream()
                        .flatMap(problem -> problem.findings.stream())
                        .distinct()
                        .toList(),
                null);
    }

    /** Returns the findings, each with its place. */
    public List<String> findings() {
        return findings.stream().map(Finding::message).toList();
    }

    /** Returns this exception without the findings at some places, or nothing if none is left. */
    Optional<DescriptionException> without(Set<Pointer> settled) {
        List<Finding> others = findings.stream()
                .filter(finding -> finding.place() == null || !settled.contains(finding.place()))
                .toList();
        if (others.size() == findings.size()) {
            return Optional.of(this);
        }
        return others.isEmpty() ? Optional.empty() : Optional.of(new DescriptionException(others, getCause()));
    }

    /** Returns this exception without the findings inside of and around some places, or nothing if none is left. */
    public Optional<DescriptionException> besides(Collection<Pointer> places) {
        List<Finding> others = findings.stream()
                .filter(finding -> finding.place() == null
                        || places.stream()
                                .noneMatch(place -> overlap(
                                        place.segments(), finding.place().segments())))
                .toList();
        return others.isEmpty() ? Optional.empty() : Optional.of(new DescriptionException(others, getCause()));
    }

    private static boolean overlap(List<String> one, List<String> other) {
        int length = Math.min(one.size(), other.size());
        // All places are inside of the document and of its sections.
        return length > 2 && one.subList(0, length).equals(other.subList(0, length));
    }

    /** Returns the places of the findings that have one. */
    public List<Pointer> places() {
        return findings.stream().map(Finding::place).filter(Objects::nonNull).toList();
    }

    /** Returns this exception with other places. */
    public DescriptionException at(UnaryOperator<Pointer> places) {
        DescriptionException moved = new DescriptionException(
                findings.stream()
                        .map(finding -> finding.place() == null
                                ? finding
                                : new Finding(places.apply(finding.place()), finding.text()))
                        .toList(),
                getCause());
        moved.setStackTrace(getStackTrace());
        return moved;
    }

    /** Returns this exception with the file and, where they are known, line and column in front of each place. */
    public DescriptionException in(Function<Pointer, String> location) {
        DescriptionException located = new DescriptionException(
                findings.stream()
                        .map(finding -> finding.place() == null
                                ? finding
                                : new Finding(null, location.apply(finding.place()) + " " + finding.message()))
                        .toList(),
                getCause());
        located.setStackTrace(getStackTrace());
        return located;
    }

    private static String message(List<String> findings) {
        return findings.size() == 1
                ? findings.get(0)
                : findings.size() + " findings:\n  " + String.join("\n  ", findings);
    }
}
