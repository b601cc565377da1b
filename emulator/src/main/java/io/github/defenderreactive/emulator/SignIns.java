package io.github.defenderreactive.emulator;

import io.github.defenderreactive.emulator.internal.login.SimulatedUsers;
import java.util.List;

/**
 * The sign-ins of the users of the emulator, for tests to control. A sign-in with a browser succeeds immediately, as
 * the user of the login hint or as the first user. Thread-safe.
 *
 * @since 0.1.0
 */
public final class SignIns {

    private final SimulatedUsers users;

    SignIns(SimulatedUsers users) {
        this.users = users;
    }

    /**
     * Returns the user codes that wait for a user.
     *
     * @return user codes, the oldest first
     */
    public List<String> waiting() {
        return users.waitingCodes();
    }

    /**
     * Enters a code and signs in as the first user.
     *
     * @param userCode the code
     * @throws IllegalArgumentException if no sign-in waits for the code
     */
    public void approve(String userCode) {
        approve(userCode, users.first().name());
    }

    /**
     * Enters a code and signs in.
     *
     * @param userCode the code
     * @param user the user principal name
     * @throws IllegalArgumentException if no sign-in waits for the code, or the user is unknown
     */
    public void approve(String userCode, String user) {
        users.approve(userCode, user);
    }

    /**
     * Enters a code and declines.
     *
     * @param userCode the code
     * @throws IllegalArgumentException if no sign-in waits for the code
     */
    public void decline(String userCode) {
        users.decline(userCode);
    }

    /** Declines the next sign-in with a browser. */
    public void declineNext() {
        users.declineNext();
    }

    /** Ends all sessions, which revokes all refresh tokens. */
    public void endSessions() {
        users.endSessions();
    }

    /**
     * Returns an access token with which a user calls the registered application, which then calls on the user's
     * behalf.
     *
     * @param user the user principal name
     * @return a new token
     * @throws IllegalArgumentException if the user is unknown
     */
    public String callerToken(String user) {
        return users.callerToken(user);
    }
}
