package io.github.defenderreactive.emulator.internal.alerts;

import io.github.defenderreactive.emulator.internal.odata.Entity;
import io.github.defenderreactive.emulator.internal.seed.Organisation;
import io.github.defenderreactive.emulator.internal.seed.Seeded;
import io.github.defenderreactive.emulator.internal.seed.Ticks;
import java.util.List;
import java.util.Locale;

/** The users of devices as the API shows them. */
public final class Users {

    private Users() {}

    /** Returns the short form of a user; its times have no fraction digits. */
    public static Entity entity(Organisation organisation, long hash, int user, long around) {
        long second = Math.floorDiv(around, Ticks.SECOND) * Ticks.SECOND;
        String account = organisation.account(user);
        return new Entity()
                .with("id", id(account))
                .with("accountName", account)
                .with("accountDomain", Organisation.DOMAIN.toLowerCase(Locale.ROOT))
                .with("firstSeen", Ticks.instant(second - (30 + Seeded.below(hash, 300)) * Ticks.DAY))
                .with("lastSeen", Ticks.instant(second))
                .with("logonTypes", Seeded.pick(hash >>> 9, List.of("Interactive", "Network", "RemoteInteractive")))
                .with("isDomainAdmin", Math.floorMod(hash, 40L) == 0)
                .with("isOnlyNetworkUser", null);
    }

    /** Returns the id of a user, in lower case. */
    private static String id(String account) {
        return Organisation.DOMAIN.toLowerCase(Locale.ROOT) + "\\" + account;
    }
}
