package io.github.defenderreactive.client;

import java.util.Objects;

/**
 * An item or the failure of the work for one of many tenants. See {@link DefenderClients#each}.
 *
 * @param <T> type of the items
 * @since 0.1.0
 */
public sealed interface TenantSignal<T> {

    /**
     * Returns the tenant.
     *
     * @return the tenant as it was given to {@link DefenderClients#each}
     */
    String tenantId();

    /**
     * An item.
     *
     * @param tenantId the tenant as it was given
     * @param value the item
     * @param <T> type of the items
     */
    record Item<T>(String tenantId, T value) implements TenantSignal<T> {

        /**
         * Checks that no component is null.
         *
         * @param tenantId the tenant as it was given
         * @param value the item
         */
        public Item {
            Objects.requireNonNull(tenantId, "tenantId");
            Objects.requireNonNull(value, "value");
        }
    }

    /**
     * The error that ended the work for the tenant. The work for the other tenants continues.
     *
     * @param tenantId the tenant as it was given
     * @param error the error
     * @param <T> type of the items
     */
    record Failure<T>(String tenantId, Throwable error) implements TenantSignal<T> {

        /**
         * Checks that no component is null.
         *
         * @param tenantId the tenant as it was given
         * @param error the error
         */
        public Failure {
            Objects.requireNonNull(tenantId, "tenantId");
            Objects.requireNonNull(error, "error");
        }
    }
}
