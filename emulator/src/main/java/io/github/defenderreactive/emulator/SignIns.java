package io.github.defenderreactive.emulator;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The people of the emulator, for tests to act for them. With a browser they sign in at once: as the login hint says, else
 * as the first user. Thread-safe.
 *
 * @since 0.1.0
 */
public final class SignIns {

    private final List<EmulatedUser> users;
    private final DeviceCodes devices;
    private final Sessions sessions;
    private final CallerTokens callerTokens;
    private final AtomicInteger declined = new AtomicInteger();

    /** Issues what a user calls the registered application with. */
    @FunctionalInterface
    interface CallerTokens {
        String of(EmulatedUser user);
    }

    SignIns(List<EmulatedUser> users, DeviceCodes devices, Sessions sessions, CallerTokens callerTokens) {
        this.users = users;
        this.devices = devices;
        this.sessions = sessions;
        this.callerTokens = callerTokens;
    }

    /**
     * The codes that were shown to somebody who has not acted yet.
     *
     * @return user codes, the oldest first
     */
    public List<String> waiting() {
        return devices.userCodes();
    }

    /**
     * Types a code in and signs in as the first user.
     *
     * @param userCode the code
     * @throws IllegalArgumentException if nobody waits with it
     */
    public void approve(String userCode) {
        approve(userCode, users.get(0).name());
    }

    /**
     * Types a code in and signs in.
     *
     * @param userCode the code
     * @param user the user principal name
     * @throws IllegalArgumentException if nobody waits with the code, or the user is not known
     */
    public void approve(String userCode, String user) {
        devices.approve(userCode, named(user));
    }

    /**
     * Types a code in and declines.
     *
     * @param userCode the code
     * @throws IllegalArgumentException if nobody waits with it
     */
    public void decline(String userCode) {
        devices.decline(userCode);
    }

    /** Declines the next sign-in with a browser. */
    public void declineNext() {
        declined.incrementAndGet();
    }

    /** Ends all sessions: no refresh token issued so far is good any more. */
    public void endSessions() {
        sessions.end();
    }

    /**
     * The access token by which a user calls the registered application, which then calls on the user's behalf.
     *
     * @param user the user principal name
     * @return a new token
     * @throws IllegalArgumentException if the user is not known
     */
    public String callerToken(String user) {
        return callerTokens.of(named(user));
    }

    boolean nextDeclined() {
        return declined.getAndUpdate(left -> Math.max(0, left - 1)) > 0;
    }

    EmulatedUser first() {
        return users.get(0);
    }

    EmulatedUser named(String name) {
        return users.stream()
                .filter(user -> user.name().equalsIgnoreCase(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("No user " + name));
    }

    boolean knows(String name) {
        return users.stream().anyMatch(user -> user.name().equalsIgnoreCase(name));
    }
}
