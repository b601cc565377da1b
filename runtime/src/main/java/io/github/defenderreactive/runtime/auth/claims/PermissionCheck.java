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
 * A check whether a token has the permissions for the operations of an application, before the first call fails.
 *
 * <p>Names are compared without regard to case, because the service's documentation is inconsistent. Immutable.
 *
 * @since 0.1.0
 */
public final class PermissionCheck {

    /** The weight of a writing permission, more than that of any number of reading ones. */
    private static final long WRITING = 1_000;

    private final List<OperationInfo> operations;

    private PermissionCheck(List<OperationInfo> operations) {
        this.operations = operations;
    }

    /**
     * Creates a check for some operations.
     *
     * @param operations the operations that the application calls
     * @return the check
     */
    public static PermissionCheck of(Collection<OperationInfo> operations) {
        return new PermissionCheck(List.copyOf(operations));
    }

    /**
     * Creates a check for some operations.
     *
     * @param operations the operations that the application calls
     * @return the check
     */
    public static PermissionCheck of(OperationInfo... operations) {
        return new PermissionCheck(List.of(operations));
    }

    /**
     * An operation that a token does not allow.
     *
     * @param operation the operation
     * @param anyOf the permissions of which one is sufficient; empty if there is none for this kind of token
     * @since 0.1.0
     */
    public record Missing(OperationInfo operation, List<String> anyOf) {

        /**
         * Copies the list.
         *
         * @param operation the operation
         * @param anyOf the permissions of which one is sufficient
         */
        public Missing {
            Objects.requireNonNull(operation, "operation");
            anyOf = List.copyOf(anyOf);
        }

        @Override
        public String toString() {
            return anyOf.isEmpty()
                    ? operation.id() + " is not available to this kind of token"
                    : operation.id() + " needs " + String.join(" or ", anyOf);
        }
    }

    /**
     * Returns the operations that a token does not allow. A user's token may still be rejected if the user's role or
     * device groups do not allow the operation.
     *
     * @param claims the claims of the token
     * @return the operations, in the order they were given; empty if the token allows all
     */
    public List<Missing> missing(AccessTokenClaims claims) {
        return operations.stream()
                .map(operation -> new Missing(operation, needed(operation, claims.isOfUser())))
                .filter(missing -> granted(missing.anyOf(), claims).isEmpty())
                .toList();
    }

    /**
     * Returns the least privileged set of application permissions: as few writing permissions as possible, then as few
     * as possible.
     *
     * @return the permissions in alphabetical order; operations that are not available to applications add none
     */
    public Set<String> leastForApplication() {
        return leastPrivileged(operation -> operation.permissions().application());
    }

    /**
     * Returns the least privileged set of delegated permissions: as few writing permissions as possible, then as few as
     * possible.
     *
     * @return the permissions in alphabetical order; operations that are not available to users add none
     */
    public Set<String> leastForUser() {
        return leastPrivileged(operation -> operation.permissions().delegated());
    }

    private Set<String> leastPrivileged(Function<OperationInfo, List<String>> permissions) {
        List<Set<String>> groups = operations.stream()
                .map(permissions)
                .filter(names -> !names.isEmpty())
                .<Set<String>>map(TreeSet::new)
                .toList();
        return HittingSet.of(groups, name -> isReadOnly(name) ? 1 : WRITING);
    }

    /** Returns the permissions of which a token needs one, reading ones first. */
    static List<String> needed(OperationInfo operation, boolean user) {
        List<String> names = user
                ? operation.permissions().delegated()
                : operation.permissions().application();
        return names.stream()
                .sorted(Comparator.comparing(name -> isReadOnly(name) ? 0 : 1))
                .toList();
    }

    /** Returns the permissions that a token has. */
    static List<String> granted(List<String> names, AccessTokenClaims claims) {
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
