package io.github.defenderreactive.emulator;

import io.github.defenderreactive.emulator.internal.login.SimulatedUsers;
import java.util.List;

/**
 * The people of the emulator, for tests to act for them. With a browser they sign in at once: as the login hint says, else
 * as the first user. Thread-safe.
 *
 * @since 0.1.0
 */
public final class SignIns {

    private final SimulatedUsers users;

    SignIns(SimulatedUsers users) {
        this.users = users;
    }

    /**
     * The codes that were shown to somebody who has not acted yet.
     *
     * @return user codes, the oldest first
     */
    public List<String> waiting() {
        return users.waitingCodes();
    }

    /**
     * Types a code in and signs in as the first user.
     *
     * @param userCode the code
     * @throws IllegalArgumentException if nobody waits with it
     */
    public void approve(String userCode) {
        approve(userCode, users.first().name());
    }

    /**
     * Types a code in and signs in.
     *
     * @param userCode the code
     * @param user the user principal name
     * @throws IllegalArgumentException if nobody waits with the code, or the user is not known
     */
    public void approve(String userCode, String user) {
        users.approve(userCode, user);
    }

    /**
     * Types a code in and declines.
     *
     * @param userCode the code
     * @throws IllegalArgumentException if nobody waits with it
     */
    public void decline(String userCode) {
        users.decline(userCode);
    }

    /** Declines the next sign-in with a browser. */
    public void declineNext() {
        users.declineNext();
    }

    /** Ends all sessions: no refresh token issued so far is good any more. */
    public void endSessions() {
        users.endSessions();
    }

    /**
     * The access token by which a user calls the registered application, which then calls on the user's behalf.
     *
     * @param user the user principal name
     * @return a new token
     * @throws IllegalArgumentException if the user is not known
     */
    public String callerToken(String user) {
        return users.callerToken(user);
    }
}
