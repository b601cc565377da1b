package io.github.defenderreactive.runtime.auth.claims;

import io.github.defenderreactive.runtime.operation.OperationInfo;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * What a token must hold for the operations an application uses: say it before the first call, not at the first refusal.
 *
 * <p>Names are compared without regard to case, as the pages of the service do not agree on it. Immutable.
 *
 * @since 0.1.0
 */
public final class PermissionCheck {

    /** One permission that writes weighs more than any number of those that read. */
    private static final long WRITING = 1_000;

    private final List<OperationInfo> operations;

    private PermissionCheck(List<OperationInfo> operations) {
        this.operations = operations;
    }

    /**
     * A check for some operations.
     *
     * @param operations what the application calls
     * @return the check
     */
    public static PermissionCheck of(Collection<OperationInfo> operations) {
        return new PermissionCheck(List.copyOf(operations));
    }

    /**
     * A check for some operations.
     *
     * @param operations what the application calls
     * @return the check
     */
    public static PermissionCheck of(OperationInfo... operations) {
        return new PermissionCheck(List.of(operations));
    }

    /**
     * An operation that a token does not allow.
     *
     * @param operation the operation
     * @param anyOf the permissions of which one would do; empty when there is none for this kind of token
     * @since 0.1.0
     */
    public record Missing(OperationInfo operation, List<String> anyOf) {

        /**
         * Copies the list.
         *
         * @param operation the operation
         * @param anyOf the permissions of which one would do
         */
        public Missing {
            Objects.requireNonNull(operation, "operation");
            anyOf = List.copyOf(anyOf);
        }

        @Override
        public String toString() {
            return anyOf.isEmpty()
                    ? operation.id() + " is not open to this kind of token"
                    : operation.id() + " needs " + String.join(" or ", anyOf);
        }
    }

    /**
     * What a token lacks. A user's token may still be refused, when the user's own role or device groups do not allow it.
     *
     * @param claims what the token says
     * @return the operations it does not allow, in the order they were given; empty when it allows all
     */
    public List<Missing> missing(AccessTokenClaims claims) {
        return operations.stream()
                .map(operation -> new Missing(operation, needed(operation, claims.isOfUser())))
                .filter(missing -> held(missing.anyOf(), claims).isEmpty())
                .toList();
    }

    /**
     * The least an application needs: as few permissions that write as possible, then as few as possible.
     *
     * @return application permissions in alphabetical order; operations that applications may not call add none
     */
    public Set<String> leastForApplication() {
        return least(operation -> operation.permissions().application());
    }

    /**
     * The least an application needs that acts for a user: as few permissions that write as possible, then as few as
     * possible.
     *
     * @return delegated permissions in alphabetical order; operations that users may not call add none
     */
    public Set<String> leastForUser() {
        return least(operation -> operation.permissions().delegated());
    }

    private Set<String> least(Function<OperationInfo, List<String>> permissions) {
        List<Set<String>> groups = operations.stream()
                .map(permissions)
                .filter(names -> !names.isEmpty())
                .<Set<String>>map(TreeSet::new)
                .toList();
        return HittingSet.of(groups, name -> isReadOnly(name) ? 1 : WRITING);
    }

    /** The permissions of which a token needs one, those that only read first. */
    static List<String> needed(OperationInfo operation, boolean user) {
        List<String> names = user
                ? operation.permissions().delegated()
                : operation.permissions().application();
        return names.stream()
                .sorted(Comparator.comparing(name -> isReadOnly(name) ? 0 : 1))
                .toList();
    }

    /** Those of some permissions that a token has. */
    static List<String> held(List<String> names, AccessTokenClaims claims) {
        Set<String> has = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        has.addAll(claims.isOfUser() ? claims.scopes() : claims.roles());
        return names.stream().filter(has::contains).toList();
    }

    private static boolean isReadOnly(String name) {
        String small = name.toLowerCase(Locale.ROOT);
        return small.endsWith(".read") || small.endsWith(".read.all");
    }

    @Override
    public String toString() {
        return "PermissionCheck" + operations.stream().map(OperationInfo::id).toList();
    }
}
