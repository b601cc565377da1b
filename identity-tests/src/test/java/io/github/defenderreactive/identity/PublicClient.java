package io.github.defenderreactive.identity;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2ClientAuthenticationToken;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClientRepository;
import org.springframework.security.web.authentication.AuthenticationConverter;

/**
 * Lets an installed program sign in by device code and refresh its token with its client id alone. Spring's server leaves
 * that to who runs it; its own rule for programs without a secret needs the verifier of a code.
 */
final class PublicClient implements AuthenticationConverter, AuthenticationProvider {

    private final RegisteredClientRepository clients;

    PublicClient(RegisteredClientRepository clients) {
        this.clients = clients;
    }

    private static final class Claimed extends OAuth2ClientAuthenticationToken {
        private static final long serialVersionUID = 1L;

        Claimed(String clientId) {
            super(clientId, ClientAuthenticationMethod.NONE, null, null);
        }
    }

    @Override
    public @Nullable Authentication convert(HttpServletRequest request) {
        String clientId = request.getParameter("client_id");
        boolean proven = request.getParameter("client_secret") != null
                || request.getParameter("client_assertion") != null
                || request.getParameter("code_verifier") != null;
        return clientId == null || proven ? null : new Claimed(clientId);
    }

    @Override
    public Authentication authenticate(Authentication claimed) {
        RegisteredClient client = clients.findByClientId(claimed.getName());
        if (client == null || !client.getClientAuthenticationMethods().contains(ClientAuthenticationMethod.NONE)) {
            throw new OAuth2AuthenticationException(OAuth2ErrorCodes.INVALID_CLIENT);
        }
        return new OAuth2ClientAuthenticationToken(client, ClientAuthenticationMethod.NONE, null);
    }

    @Override
    public boolean supports(Class<?> authentication) {
        return authentication == Claimed.class;
    }
}
