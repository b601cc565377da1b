package io.github.defenderreactive.identity;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import io.github.defenderreactive.runtime.auth.oauth.OAuthCredentialBuilder;
import java.net.URI;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2AuthorizationCodeRequestAuthenticationContext;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2AuthorizationCodeRequestAuthenticationProvider;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2AuthorizationCodeRequestAuthenticationToken;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2AuthorizationCodeRequestAuthenticationValidator;
import org.springframework.security.oauth2.server.authorization.client.InMemoryRegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.settings.AuthorizationServerSettings;
import org.springframework.security.oauth2.server.authorization.settings.ClientSettings;
import org.springframework.security.oauth2.server.authorization.settings.TokenSettings;
import org.springframework.security.oauth2.server.authorization.token.JwtEncodingContext;
import org.springframework.security.oauth2.server.authorization.token.OAuth2TokenCustomizer;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.LoginUrlAuthenticationEntryPoint;

/** Starts Spring Authorization Server on a free port and registers what the tests need. */
final class SpringAuthority implements Authority, AutoCloseable {

    private static final String BASE = "/" + Registrations.TENANT + "/oauth2/v2.0/";
    private static final String KEYS = "/" + Registrations.TENANT + "/discovery/v2.0/keys";

    private final ServletWebServerApplicationContext context;

    private SpringAuthority(ServletWebServerApplicationContext context) {
        this.context = context;
    }

    static SpringAuthority start(Identity identity) {
        return new SpringAuthority((ServletWebServerApplicationContext) new SpringApplicationBuilder(Server.class)
                .initializers(context -> context.getBeanFactory().registerSingleton("identity", identity))
                .properties("server.port=0", "server.address=127.0.0.1", "spring.main.banner-mode=off")
                .run());
    }

    private String root() {
        return "http://localhost:" + context.getWebServer().getPort();
    }

    @Override
    public <B extends OAuthCredentialBuilder<B>> B at(B credential) {
        return credential.authority(URI.create(root())).tenantId(Registrations.TENANT);
    }

    @Override
    public URI keys() {
        return URI.create(root() + KEYS);
    }

    @Override
    public String issuer() {
        return root();
    }

    @Override
    public void close() {
        context.close();
    }

    @Override
    public String toString() {
        return "Spring Authorization Server at " + root();
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Server {

        @Bean
        AuthorizationServerSettings layout() {
            return AuthorizationServerSettings.builder()
                    .tokenEndpoint(BASE + "token")
                    .authorizationEndpoint(BASE + "authorize")
                    .deviceAuthorizationEndpoint(BASE + "devicecode")
                    .jwkSetEndpoint(KEYS)
                    .build();
        }

        @Bean
        JWKSource<SecurityContext> keys() throws JOSEException {
            return new ImmutableJWKSet<>(new JWKSet(
                    new RSAKeyGenerator(2048).keyIDFromThumbprint(true).generate()));
        }

        /** This server makes tokens out to the application that asks; the platform, to the resource. */
        @Bean
        OAuth2TokenCustomizer<JwtEncodingContext> resource() {
            return context -> context.getClaims()
                    .audience(List.of(Registrations.RESOURCE))
                    .claim("azp", context.getRegisteredClient().getClientId());
        }

        @Bean
        @Order(1)
        SecurityFilterChain authorization(HttpSecurity http, RegisteredClientRepository clients) throws Exception {
            PublicClient publicClient = new PublicClient(clients);
            return http.oauth2AuthorizationServer(server -> {
                        http.securityMatcher(server.getEndpointsMatcher());
                        server.clientAuthentication(client -> client.authenticationConverter(publicClient)
                                        .authenticationProvider(publicClient))
                                .authorizationEndpoint(endpoint ->
                                        endpoint.authenticationProviders(providers -> providers.forEach(provider -> {
                                            if (provider
                                                    instanceof
                                                    OAuth2AuthorizationCodeRequestAuthenticationProvider requests) {
                                                requests.setAuthenticationValidator(anyPortOfLocalhost()
                                                        .andThen(
                                                                OAuth2AuthorizationCodeRequestAuthenticationValidator
                                                                        .DEFAULT_SCOPE_VALIDATOR));
                                            }
                                        })))
                                .deviceAuthorizationEndpoint(Customizer.withDefaults())
                                .deviceVerificationEndpoint(Customizer.withDefaults());
                    })
                    .authorizeHttpRequests(requests -> requests.anyRequest().authenticated())
                    .exceptionHandling(
                            errors -> errors.authenticationEntryPoint(new LoginUrlAuthenticationEntryPoint("/login")))
                    .build();
        }

        /** The port of {@code localhost} is not compared, as the platform does; this server ignores that of an address. */
        private static Consumer<OAuth2AuthorizationCodeRequestAuthenticationContext> anyPortOfLocalhost() {
            return context -> {
                OAuth2AuthorizationCodeRequestAuthenticationToken request = context.getAuthentication();
                String redirect = String.valueOf(request.getRedirectUri());
                if (!context.getRegisteredClient()
                        .getRedirectUris()
                        .contains(redirect.replaceFirst("^http://localhost:\\d+$", "http://localhost"))) {
                    OAuth2AuthorizationCodeRequestAuthenticationValidator.DEFAULT_REDIRECT_URI_VALIDATOR.accept(
                            context);
                }
            };
        }

        @Bean
        @Order(2)
        SecurityFilterChain login(HttpSecurity http) throws Exception {
            return http.authorizeHttpRequests(requests -> requests.anyRequest().authenticated())
                    .formLogin(Customizer.withDefaults())
                    .build();
        }

        @Bean
        UserDetailsService users() {
            return new InMemoryUserDetailsManager(User.withUsername(Registrations.USER)
                    .password("{noop}" + Registrations.PASSWORD)
                    .build());
        }

        @Bean
        RegisteredClientRepository clients(Identity identity) {
            return new InMemoryRegisteredClientRepository(List.of(
                    client(Registrations.SECRET_CLIENT)
                            .clientSecret("{noop}" + Registrations.SECRET)
                            .clientAuthenticationMethod(ClientAuthenticationMethod.CLIENT_SECRET_POST)
                            .authorizationGrantType(AuthorizationGrantType.CLIENT_CREDENTIALS)
                            .build(),
                    signer(Registrations.PS256_CLIENT, identity.keysFor(JWSAlgorithm.PS256), SignatureAlgorithm.PS256),
                    signer(Registrations.RS256_CLIENT, identity.keysFor(JWSAlgorithm.RS256), SignatureAlgorithm.RS256),
                    user(Registrations.DESKTOP_CLIENT)
                            .clientAuthenticationMethod(ClientAuthenticationMethod.NONE)
                            .authorizationGrantType(AuthorizationGrantType.AUTHORIZATION_CODE)
                            .build(),
                    user(Registrations.DEVICE_CLIENT)
                            .clientAuthenticationMethod(ClientAuthenticationMethod.NONE)
                            .authorizationGrantType(AuthorizationGrantType.DEVICE_CODE)
                            .authorizationGrantType(AuthorizationGrantType.REFRESH_TOKEN)
                            .build(),
                    user(Registrations.WEB_CLIENT)
                            .clientSecret("{noop}" + Registrations.WEB_SECRET)
                            .clientAuthenticationMethod(ClientAuthenticationMethod.CLIENT_SECRET_POST)
                            .authorizationGrantType(AuthorizationGrantType.AUTHORIZATION_CODE)
                            .authorizationGrantType(AuthorizationGrantType.REFRESH_TOKEN)
                            .build()));
        }

        private static RegisteredClient signer(String id, String keys, SignatureAlgorithm algorithm) {
            return client(id)
                    .clientAuthenticationMethod(ClientAuthenticationMethod.PRIVATE_KEY_JWT)
                    .authorizationGrantType(AuthorizationGrantType.CLIENT_CREDENTIALS)
                    .clientSettings(ClientSettings.builder()
                            .jwkSetUrl(keys)
                            .tokenEndpointAuthenticationSigningAlgorithm(algorithm)
                            .build())
                    .build();
        }

        private static RegisteredClient.Builder user(String id) {
            return client(id)
                    .scope("offline_access")
                    .redirectUri("http://localhost")
                    .clientSettings(ClientSettings.builder()
                            .requireProofKey(true)
                            .requireAuthorizationConsent(true)
                            .build())
                    .tokenSettings(
                            TokenSettings.builder().reuseRefreshTokens(false).build());
        }

        private static RegisteredClient.Builder client(String id) {
            return RegisteredClient.withId(UUID.randomUUID().toString())
                    .clientId(id)
                    .scope(Registrations.SCOPE);
        }
    }
}
