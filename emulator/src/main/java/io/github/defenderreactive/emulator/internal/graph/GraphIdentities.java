package io.github.defenderreactive.emulator.internal.graph;

import io.github.defenderreactive.emulator.http.ServiceResponse;
import io.github.defenderreactive.emulator.internal.http.Problem;
import io.github.defenderreactive.emulator.internal.odata.Entity;
import io.github.defenderreactive.emulator.internal.odata.OperationCall;
import io.github.defenderreactive.emulator.internal.odata.OperationHandler;
import io.github.defenderreactive.emulator.internal.seed.Organisation;
import io.github.defenderreactive.emulator.internal.seed.Seeded;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The users of the organisation as Defender for Identity observes them, with actions on their accounts. */
final class GraphIdentities {

    private static final String SET = "security/identities/identityAccounts";
    private static final int PURPOSE = 172;

    /** The kind of the hash that makes the account of a provider. */
    private static final List<String> PROVIDERS = List.of("activeDirectory", "entraID", "okta");

    private static final String DIRECTORY = PROVIDERS.get(0);
    private static final String OKTA = PROVIDERS.get(2);

    private final long seed;
    private final Organisation organisation;
    private final GraphResponses responses;
    private final Set<String> disabled = ConcurrentHashMap.newKeySet();
    private final AtomicLong actions = new AtomicLong();

    GraphIdentities(long seed, Organisation organisation, GraphResponses responses) {
        this.seed = seed;
        this.organisation = organisation;
        this.responses = responses;
    }

    void register(Map<String, OperationHandler> handlers) {
        handlers.put("listIdentityAccounts", call -> responses.linked(call, SET, identities(false)));
        handlers.put("getIdentityAccount", call -> responses.graphEntity(call, SET, find(call.id())));
        handlers.put("invokeIdentityAction", this::invoke);
    }

    private Stream<Entity> identities(boolean actions) {
        return IntStream.range(0, organisation.users()).mapToObj(user -> identity(user, actions));
    }

    private Entity find(String id) {
        return identities(true)
                .filter(identity -> id.equals(identity.get("id")))
                .findFirst()
                .orElseThrow(() -> Problem.notFound("Identity", id));
    }

    private Entity identity(int user, boolean actions) {
        List<Entity> accounts = Stream.of(DIRECTORY, PROVIDERS.get(1), OKTA)
                .filter(provider -> !provider.equals(OKTA) || user % 3 == 0)
                .map(provider -> account(user, provider, actions))
                .toList();
        return new Entity()
                .with("id", Seeded.uuid(seed, user, PURPOSE))
                .with("displayName", organisation.account(user))
                .with("domain", Organisation.DNS_SUFFIX)
                .with("onPremisesSecurityIdentifier", organisation.sid(user))
                .with("cloudSecurityIdentifier", "S-1-12-1-" + Seeded.below(Seeded.hash(seed, user, PURPOSE), 1 << 30))
                .with("isEnabled", !disabled.contains(accountId(user, DIRECTORY)))
                .with("accounts", accounts);
    }

    private String accountId(int user, String provider) {
        return provider.equals(PROVIDERS.get(1))
                ? organisation.objectId(user)
                : Seeded.uuid(seed, user, PURPOSE + 1 + PROVIDERS.indexOf(provider));
    }

    private Entity account(int user, String provider, boolean actions) {
        String id = accountId(user, provider);
        return new Entity()
                .with("identityProvider", provider)
                .with("identifier", id)
                .with("actions", actions ? possible(id, provider) : List.of());
    }

    private List<String> possible(String id, String provider) {
        String change = disabled.contains(id) ? "enable" : "disable";
        return switch (provider) {
            case "activeDirectory" -> List.of(change, "forcePasswordReset");
            case "okta" -> List.of(change, "revokeAllSessions");
            default -> List.of("revokeAllSessions", "requireUserToSignInAgain", "markUserAsCompromised");
        };
    }

    private ServiceResponse invoke(OperationCall call) {
        String id = call.required("accountId");
        String action = call.required("action");
        String provider = call.required("identityProvider");
        Entity account = accounts(find(call.id()))
                .filter(candidate -> id.equals(candidate.get("identifier")))
                .findFirst()
                .orElseThrow(() -> Problem.notFound("Account", id));
        if (!provider.equals(account.get("identityProvider"))
                || !(action.equals("disable") || possible(id, provider).contains(action))) {
            throw Problem.invalidInput(
                    "The action " + action + " is not possible for the account " + id + " at " + provider);
        }
        if (action.equals("disable")) {
            disabled.add(id);
        } else if (action.equals("enable")) {
            disabled.remove(id);
        }
        return responses.graphValue(
                call,
                "microsoft.graph.security.invokeActionResult",
                new Entity()
                        .with("accountId", id)
                        .with("action", action)
                        .with("identityProvider", provider)
                        .with("correlationId", Seeded.uuid(seed, actions.incrementAndGet(), PURPOSE + 4)));
    }

    private static Stream<Entity> accounts(Entity identity) {
        return identity.get("accounts") instanceof List<?> accounts
                ? accounts.stream().map(Entity.class::cast)
                : Stream.empty();
    }
}
