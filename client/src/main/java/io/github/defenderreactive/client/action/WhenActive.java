package io.github.defenderreactive.client.action;

/**
 * Behaviour of an {@link Action} if one of the same kind is already active on the device. The service accepts only one.
 *
 * @since 0.1.0
 */
public enum WhenActive {

    /**
     * Follows the active action instead of requesting a second one, if it does the same. If it does not, for example
     * because it quarantines another file or because a release was requested before a later isolation, waits as
     * {@link #WAIT} does. A live response is never joined.
     */
    JOIN,

    /** Waits until the active action has ended, and then requests another one. */
    WAIT,

    /** Cancels the active action, waits until it has ended, and then requests another one. */
    CANCEL,

    /** Fails with the {@code ConflictException} of the service. */
    FAIL
}
