package io.github.defenderreactive.runtime.auth.oauth;

import static io.github.defenderreactive.runtime.auth.TestAuthority.CLIENT;
import static io.github.defenderreactive.runtime.auth.TestAuthority.REQUEST;
import static io.github.defenderreactive.runtime.auth.TestAuthority.SCOPE;
import static io.github.defenderreactive.runtime.auth.TestAuthority.refusal;
import static io.github.defenderreactive.runtime.auth.TestAuthority.tokens;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.defenderreactive.runtime.auth.AccessToken;
import io.github.defenderreactive.runtime.auth.TestAuthority;
import io.github.defenderreactive.runtime.auth.TokenRequest;
import io.github.defenderreactive.runtime.error.AuthenticationException;
import io.github.defenderreactive.runtime.error.CredentialUnavailableException;
import io.github.defenderreactive.runtime.error.ServiceException;
import io.github.defenderreactive.testing.Answer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

class RefreshTokenCredentialTest {

    private static final String FIRST = "refresh-token-1";

    private final RefreshTokenStore store = RefreshTokenStore.inMemory(FIRST);

    @AutoClose
    private final TestAuthority authority = new TestAuthority();

    private RefreshTokenCredential credential() {
        return authority.at(RefreshTokenCredential.builder().store(store)).build();
    }

    private String stored() {
        return store.load().block(TestAuthority.PATIENCE);
    }

    @Test
    void shouldSendTheRefreshTokenAndKeepTheNewOne() {
        authority.server.enqueue(tokens("access-1", "refresh-token-2"), tokens("access-2", "refresh-token-3"));
        RefreshTokenCredential credential = credential();
        assertThat(TestAuthority.token(credential.getToken(REQUEST)).value()).isEqualTo("access-1");
        assertThat(authority.form(0))
                .containsOnly(
                        Map.entry("grant_type", "refresh_token"),
                        Map.entry("refresh_token", FIRST),
                        Map.entry("client_id", CLIENT),
                        Map.entry("scope", SCOPE + " offline_access"));
        assertThat(stored()).isEqualTo("refresh-token-2");
        TestAuthority.token(credential.getToken(REQUEST));
        assertThat(authority.form(1)).containsEntry("refresh_token", "refresh-token-2");
        assertThat(stored()).isEqualTo("refresh-token-3");
    }

    @Test
    void shouldKeepTheOldOneWhenThereIsNoNewOne() {
        authority.server.answer(tokens("access-1"));
        TestAuthority.token(credential().getToken(REQUEST));
        assertThat(stored()).isEqualTo(FIRST);
    }

    @Test
    void shouldNotAskTwiceForTheSameScope() {
        TestAuthority.token(credential().getToken(TokenRequest.of("offline_access " + SCOPE)));
        assertThat(authority.form(0)).containsEntry("scope", "offline_access " + SCOPE);
    }

    @Test
    void shouldSayThatNobodyHasSignedIn() {
        store.clear().block(TestAuthority.PATIENCE);
        assertThat(TestAuthority.failure(
                        CredentialUnavailableException.class, credential().getToken(REQUEST)))
                .hasMessageContaining("must sign in");
        assertThat(authority.server.requests()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"invalid_grant,700082,''", "invalid_grant,50173,bad_token", "invalid_grant,70008,token_expired"})
    void shouldForgetATokenThatIsOverAndSayWhy(String error, int number, String reason) {
        authority.server.answer(refusal(error, number, reason.isEmpty() ? "" : ",\"suberror\":\"" + reason + "\""));
        CredentialUnavailableException failure = TestAuthority.failure(
                CredentialUnavailableException.class, credential().getToken(REQUEST), FIRST);
        assertThat(failure)
                .hasMessageContaining("must sign in again")
                .hasMessageContaining("AADSTS" + number)
                .hasCauseInstanceOf(AuthenticationException.class);
        assertThat(failure.serviceCode()).isEqualTo("AADSTS" + number);
        assertThat(failure.requestId()).isEqualTo("trace-1");
        assertThat(stored()).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "invalid_grant,65001,consent_required",
        "invalid_grant,50076,basic_action",
        "interaction_required,50079,''",
        "consent_required,65001,''"
    })
    void shouldKeepATokenThatIsStillGoodWhenThePersonMustAct(String error, int number, String reason) {
        authority.server.answer(refusal(error, number, reason.isEmpty() ? "" : ",\"suberror\":\"" + reason + "\""));
        TestAuthority.failure(CredentialUnavailableException.class, credential().getToken(REQUEST), FIRST);
        assertThat(stored()).isEqualTo(FIRST);
    }

    @ParameterizedTest
    @CsvSource({"invalid_client,7000215", "invalid_scope,70011", "unauthorized_client,700016"})
    void shouldNotBlameTheTokenForAnotherMistake(String error, int number) {
        authority.server.answer(refusal(error, number));
        assertThat(TestAuthority.failure(
                        AuthenticationException.class, credential().getToken(REQUEST), FIRST))
                .hasMessageContaining("AADSTS" + number);
        assertThat(stored()).isEqualTo(FIRST);
    }

    @Test
    void shouldKeepTheTokenThroughAnOutage() {
        authority.server.answer(Answer.status(503));
        TestAuthority.failure(ServiceException.class, credential().getToken(REQUEST));
        assertThat(stored()).isEqualTo(FIRST);
    }

    @Test
    void shouldUseTheTokenThatAnotherProcessHasStored() {
        authority.server.answer(request -> {
            if (TestAuthority.parameters(request.body()).get("refresh_token").equals(FIRST)) {
                // the other was faster
                store.save("refresh-token-of-another").subscribe();
                return refusal("invalid_grant", 70000);
            }
            return tokens("access-1", "refresh-token-2");
        });
        assertThat(TestAuthority.token(credential().getToken(REQUEST)).value()).isEqualTo("access-1");
        assertThat(authority.form(1)).containsEntry("refresh_token", "refresh-token-of-another");
        assertThat(stored()).isEqualTo("refresh-token-2");
    }

    @Test
    void shouldNotUseARefreshTokenTwiceWhenManyScopesAreAskedForAtOnce() {
        Set<String> used = ConcurrentHashMap.newKeySet();
        authority.server.answer(request -> {
            String token = TestAuthority.parameters(request.body()).get("refresh_token");
            return used.add(token)
                    ? tokens("access-" + used.size(), "refresh-token-" + (used.size() + 1))
                            .slowly(20, Duration.ofMillis(2))
                    : refusal("invalid_grant", 54005);
        });
        RefreshTokenCredential credential = credential();
        List<AccessToken> all = Flux.range(0, 10)
                .flatMap(i -> credential.getToken(TokenRequest.of("https://api" + i + ".example/.default")), 10)
                .collectList()
                .block(TestAuthority.PATIENCE);
        assertThat(all).extracting(AccessToken::value).doesNotHaveDuplicates().hasSize(10);
        assertThat(used).hasSize(10);
        assertThat(stored()).isEqualTo("refresh-token-11");
    }

    @Test
    void shouldGiveUpItsTurnOnCancel() {
        authority.server.enqueue(Answer.nothing(Answer.Ending.STALL));
        RefreshTokenCredential credential = credential();
        reactor.core.Disposable stuck = credential.getToken(REQUEST).subscribe();
        reactor.core.Disposable waiting = credential.getToken(REQUEST).subscribe();
        org.awaitility.Awaitility.await()
                .until(() -> authority.server.requests().size() == 1);
        Mono<AccessToken> last = credential.getToken(REQUEST).cache();
        reactor.core.Disposable third = last.subscribe();
        waiting.dispose();
        stuck.dispose();
        assertThat(TestAuthority.token(last).value()).isEqualTo("access-token-of-the-test");
        assertThat(third.isDisposed()).isTrue();
        assertThat(authority.server.requests()).hasSize(2);
        org.awaitility.Awaitility.await().until(() -> authority.server.openConnections() == 1);
    }

    @Test
    void shouldEndWithTheErrorOfTheStore() {
        RefreshTokenStore broken = new RefreshTokenStore() {
            @Override
            public Mono<String> load() {
                throw new IllegalStateException("disk full");
            }

            @Override
            public Mono<Void> save(String refreshToken) {
                return Mono.empty();
            }

            @Override
            public Mono<Void> clear() {
                return Mono.empty();
            }
        };
        assertThat(TestAuthority.failure(
                        IllegalStateException.class,
                        authority
                                .at(RefreshTokenCredential.builder().store(broken))
                                .build()
                                .getToken(REQUEST)))
                .hasMessage("disk full");
    }

    @Test
    void shouldCheckWhatItNeeds() {
        assertThatThrownBy(() -> authority.at(RefreshTokenCredential.builder()).build())
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("Missing: store");
        assertThat(credential().isInteractive()).isFalse();
        assertThat(store.toString()).doesNotContain(FIRST);
    }
}
