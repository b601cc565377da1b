package io.github.defenderreactive.emulator.internal.login;

import io.github.defenderreactive.emulator.internal.config.EmulatedUser;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/** The users of the tenant and their behaviour at sign-ins. Thread-safe. */
public final class SimulatedUsers {

    private final List<EmulatedUser> users;
    private final DeviceCodes devices;
    private final Sessions sessions;
    private final Function<EmulatedUser, String> callerTokens;
    private final AtomicInteger declined = new AtomicInteger();

    /**
     * Creates the users.
     *
     * @param callerTokens issues the access token with which a user calls the registered application
     */
    SimulatedUsers(
            List<EmulatedUser> users,
            DeviceCodes devices,
            Sessions sessions,
            Function<EmulatedUser, String> callerTokens) {
        this.users = users;
        this.devices = devices;
        this.sessions = sessions;
        this.callerTokens = callerTokens;
    }

    public List<String> waitingCodes() {
        return devices.userCodes();
    }

    public void approve(String userCode, String user) {
        devices.approve(userCode, named(user));
    }

    public void decline(String userCode) {
        devices.decline(userCode);
    }

    public void declineNext() {
        declined.incrementAndGet();
    }

    boolean nextDeclined() {
        return declined.getAndUpdate(left -> Math.max(0, left - 1)) > 0;
    }

    public void endSessions() {
        sessions.end();
    }

    public String callerToken(String user) {
        return callerTokens.apply(named(user));
    }

    public EmulatedUser first() {
        return users.get(0);
    }

    EmulatedUser named(String name) {
        return users.stream()
                .filter(user -> user.name().equalsIgnoreCase(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("user must be the name of a user, was '" + name + "'"));
    }

    boolean knows(String name) {
        return users.stream().anyMatch(user -> user.name().equalsIgnoreCase(name));
    }
}
