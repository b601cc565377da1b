package io.github.defenderreactive.runtime.auth.oauth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.defenderreactive.runtime.auth.TokenRequest;
import io.github.defenderreactive.runtime.transport.ResponseReader;
import io.github.defenderreactive.runtime.transport.Transport;
import io.github.defenderreactive.runtime.transport.TransportRequest;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

class AuthorityEndpointsTest {

    private static final AuthorityEndpoints GATEWAY = new AuthorityEndpoints(
            URI.create("https://login.harbour.example/t"),
            URI.create("https://login.harbour.example/a"),
            URI.create("https://login.harbour.example/d"));
    private static final TokenRequest REQUEST = TokenRequest.of("https://api.securitycenter.microsoft.com/.default");

    /** Notes where a request goes and sends none. */
    private static final class Noting implements Transport {

        private final List<URI> asked = new ArrayList<>();

        @Override
        public <T> Flux<T> exchange(TransportRequest request, ResponseReader<T> reader) {
            asked.add(request.uri());
            return Flux.error(new IllegalStateException("Not sent"));
        }
    }

    private final Noting transport = new Noting();

    private void ask(OAuthCredentialBuilder<?> credential) {
        assertThatThrownBy(() -> credential
                        .transport(transport)
                        .build()
                        .getToken(REQUEST)
                        .block())
                .hasMessage("Not sent");
    }

    @Test
    void shouldFollowTheLayoutOfThePlatform() {
        ask(ClientSecretCredential.builder()
                .authority(URI.create("https://login.harbour.example//"))
                .tenantId("harbour.example")
                .clientId("c")
                .secret(() -> "s"));

        assertThat(transport.asked)
                .containsExactly(URI.create("https://login.harbour.example/harbour.example/oauth2/v2.0/token"));
    }

    @Test
    void shouldAskTheAddressesThatWereGiven() {
        ask(ClientSecretCredential.builder().endpoints(GATEWAY).clientId("c").secret(() -> "s"));
        ask(DeviceCodeCredential.builder().endpoints(GATEWAY).clientId("c").prompt(prompt -> Mono.empty()));

        assertThat(transport.asked).containsExactly(GATEWAY.token(), GATEWAY.deviceCode());
    }

    @Test
    void shouldGiveTheChosenCredentialOfTheEnvironmentTheAddresses() {
        ask(DefaultCredential.fromEnvironment(Map.of("DEFENDER_CLIENT_ID", "c", "DEFENDER_CLIENT_SECRET", "s"))
                .endpoints(GATEWAY));

        assertThat(transport.asked).containsExactly(GATEWAY.token());
    }
}
