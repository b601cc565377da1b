package io.github.defenderreactive.emulator.internal.seed;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The users and devices of the emulated tenant, all computed from the seed. */
public final class Organisation {

    public static final String DOMAIN = "HARBOUR";
    public static final String DNS_SUFFIX = "harbour.example";

    private static final List<String> FIRST_NAMES = List.of(
            "amina", "bruno", "carla", "dario", "elin", "farid", "greta", "hugo", "ines", "jonas", "kaja", "luca",
            "mira", "nils", "olga", "pavel", "rosa", "sami", "tilda", "yann");
    private static final List<String> LAST_NAMES = List.of(
            "berg", "costa", "duval", "ekman", "fontana", "gruber", "holm", "ivanov", "jensen", "kovac", "lind",
            "moreau", "novak", "okafor", "petrov", "quist", "rossi", "sousa", "toth", "voss");

    private static final Pattern NUMBER = Pattern.compile("\\d{1,8}$");

    private final long seed;
    private final String tenantId;
    private final int devices;
    private final int users;

    public Organisation(long seed, String tenantId, int alerts) {
        this.seed = seed;
        this.tenantId = tenantId;
        this.devices = Math.max(5, Math.min(alerts / 20, 50_000));
        this.users = devices + devices / 4;
    }

    public long seed() {
        return seed;
    }

    public String tenantId() {
        return tenantId;
    }

    public int devices() {
        return devices;
    }

    public int users() {
        return users;
    }

    /** Returns the account name of a user; the number keeps namesakes apart. */
    public String account(int user) {
        long hash = Seeded.hash(seed, user, 11);
        return Seeded.pick(hash, FIRST_NAMES) + "." + Seeded.pick(hash >>> 20, LAST_NAMES) + (user + 1);
    }

    /** Returns the number of the user with this account name; -1 if there is none. */
    public int userByAccount(String account) {
        Matcher number = NUMBER.matcher(account);
        int user = number.find() ? Integer.parseInt(number.group()) - 1 : -1;
        return user >= 0 && user < users && account(user).equalsIgnoreCase(account) ? user : -1;
    }

    public String sid(int user) {
        return "S-1-5-21-" + Seeded.below(Seeded.hash(seed, 0, 12), 1_000_000_000) + "-"
                + Seeded.below(Seeded.hash(seed, 0, 13), 1_000_000_000) + "-"
                + Seeded.below(Seeded.hash(seed, 0, 14), 1_000_000_000) + "-" + (1100 + user);
    }

    public String objectId(int user) {
        return Seeded.uuid(seed, user, 15);
    }

    public String principalName(int user) {
        return account(user) + "@" + DNS_SUFFIX;
    }

    /** Returns the user a device was given to. */
    public int userOf(int device) {
        return device % users;
    }

    /** Returns the users seen on a device, its own first. */
    public List<Integer> usersOf(int device) {
        long hash = Seeded.hash(seed, device, 16);
        int guest = Seeded.below(hash >>> 8, users);
        return Math.floorMod(hash, 3L) == 0 || guest == userOf(device)
                ? List.of(userOf(device))
                : List.of(userOf(device), guest);
    }
}
