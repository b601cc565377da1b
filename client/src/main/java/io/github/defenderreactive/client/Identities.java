package io.github.defenderreactive.client;

import io.github.defenderreactive.client.graph.api.IdentityAccountsApi;
import io.github.defenderreactive.client.graph.model.IdentityAccount;
import io.github.defenderreactive.client.graph.model.IdentityAccounts;
import io.github.defenderreactive.client.graph.model.IdentityAction;
import io.github.defenderreactive.client.graph.model.InvokeActionResult;
import io.github.defenderreactive.client.graph.model.InvokeIdentityActionRequest;
import io.github.defenderreactive.client.graph.query.IdentityAccountsFields;
import io.github.defenderreactive.client.graph.query.ListIdentityAccountsQuery;
import io.github.defenderreactive.runtime.error.BadRequestException;
import io.github.defenderreactive.runtime.error.ErrorContext;
import io.github.defenderreactive.runtime.error.NotFoundException;
import io.github.defenderreactive.runtime.odata.TextField;
import io.github.defenderreactive.runtime.pipeline.Pipeline;
import java.util.List;
import java.util.Objects;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The operations on identities and their accounts, with a response to a user. Returned by
 * {@link Graph#identityAccounts()}.
 *
 * @since 0.1.0
 */
public final class Identities extends IdentityAccountsApi {

    private static final String SID = "S-1-";
    private static final String CLOUD_SID = "S-1-12-1-";

    Identities(Pipeline pipeline) {
        super(pipeline);
    }

    /**
     * Performs an action on each account of a user that supports it now, one after another. Cold: each subscription
     * performs the action again, which sets the same state.
     *
     * <p>Finds the identity with one or two calls; see {@link #get} and {@link #list(ListIdentityAccountsQuery)} for
     * their permission. Permission and quota of the action are those of {@link #invokeAction}. Cancelling stops before
     * the next account; a request that was sent may still be carried out.
     *
     * @param user the id of the identity, or a security identifier of the user as alerts contain it: that of Active
     *     Directory, or that of Microsoft Entra, which begins with {@code S-1-12-1-}. A user principal name cannot be
     *     resolved
     * @param action the action
     * @return emits the result of each started action; at least one. Fails with {@link NotFoundException} if no identity
     *     matches, with {@link BadRequestException} if none of its accounts supports the action now, such as a disabled
     *     account that is disabled again, and otherwise as {@link #invokeAction} does; earlier accounts keep the state
     *     that was set
     * @throws IllegalArgumentException if the user is blank
     */
    public Flux<InvokeActionResult> respond(String user, IdentityAction action) {
        Objects.requireNonNull(action, "action");
        return find(user)
                .flatMapMany(identity -> Flux.fromIterable(able(identity, action))
                        .concatMap(
                                account -> invokeAction(
                                        Objects.requireNonNull(identity.id()),
                                        InvokeIdentityActionRequest.builder()
                                                .accountId(Objects.requireNonNull(account.identifier()))
                                                .action(action)
                                                .identityProvider(Objects.requireNonNull(account.identityProvider()))
                                                .build()),
                                0)
                        .switchIfEmpty(Mono.error(() -> new BadRequestException(
                                "No account of the user " + user + " supports the action " + action.value()
                                        + " now. Its accounts list the possible actions",
                                ErrorContext.of("invokeIdentityAction")))));
    }

    private static List<IdentityAccount> able(IdentityAccounts identity, IdentityAction action) {
        List<IdentityAccount> accounts = identity.accounts();
        return accounts == null
                ? List.of()
                : accounts.stream()
                        .filter(account -> account.actions() != null
                                && account.actions().contains(action)
                                && account.identifier() != null
                                && account.identityProvider() != null)
                        .toList();
    }

    private Mono<IdentityAccounts> find(String user) {
        if (user.isBlank()) {
            throw new IllegalArgumentException("user must not be blank");
        }
        if (!user.startsWith(SID)) {
            return get(user);
        }
        TextField property = user.startsWith(CLOUD_SID)
                ? IdentityAccountsFields.CLOUD_SECURITY_IDENTIFIER
                : IdentityAccountsFields.ON_PREMISES_SECURITY_IDENTIFIER;
        // The actions of an account may be missing in a list.
        return list(ListIdentityAccountsQuery.builder()
                        .filter(property.eq(user))
                        .build())
                .next()
                .flatMap(found -> get(Objects.requireNonNull(found.id())))
                .switchIfEmpty(Mono.error(() -> new NotFoundException(
                        "No identity has the security identifier " + user, ErrorContext.of("listIdentityAccounts"))));
    }
}
