package io.github.defenderreactive.runtime.internal.authority;

import org.jspecify.annotations.Nullable;

/** The remedies for errors of an authority. */
final class EntraErrorHints {

    private EntraErrorHints() {}

    /**
     * Returns the remedy, by the authority's number if it is more specific than the protocol's code.
     *
     * @param error the protocol's code
     * @param number the digits after {@code AADSTS}, or null
     */
    static String on(String error, @Nullable String number) {
        String byNumber = number == null ? null : byNumber(number);
        return byNumber == null ? byError(error) : byNumber;
    }

    private static String byError(String error) {
        return switch (error) {
            case "invalid_client" -> "Check the client id and its secret or certificate";
            case "unauthorized_client" ->
                "Check the client id and its secret or certificate, and that the application is registered in this tenant";
            case "invalid_scope", "invalid_resource", "invalid_target" ->
                "Check the scope: it is the resource's address followed by /.default";
            case "invalid_request" -> "Check tenant, client id and scope";
            case "invalid_grant", "interaction_required", "consent_required", "login_required" ->
                "A user or an administrator must act";
            case "access_denied", "authorization_declined" -> "The user declined, or the application is not allowed";
            case "expired_token", "code_expired", "bad_verification_code" ->
                "No user signed in with the code in time: request the token again to get a new code";
            default -> "The error code states the reason";
        };
    }

    private static @Nullable String byNumber(String number) {
        return switch (number) {
            case "7000215" -> "The secret is wrong: use its value, not its id";
            case "7000222" -> "The secret has expired: create a new one";
            case "7000218" ->
                "The request contained neither secret nor certificate: give the application one, or allow public client"
                        + " flows in its registration if it is an installed program";
            case "700025" -> "A public client must not send a secret or a certificate: remove it";
            case "700027", "50012", "50013", "500133" ->
                "The signature was not accepted: check that this certificate is the application's, and this computer's"
                        + " clock";
            case "700024" -> "The assertion is not yet or no longer valid: check this computer's clock";
            case "70021", "700211", "700212", "700213" ->
                "No federated credential of the application has this issuer, subject and audience; a new one needs some"
                        + " minutes";
            case "700229" ->
                "A token of the authority itself can be used as a credential only if it is one of an application";
            case "700016" -> "The application is not known in this tenant: check client id and tenant";
            case "7000112", "70001" -> "The application is disabled";
            case "7000114", "50027" -> "The user's access token is not one of a user for this application";
            case "90002", "900023", "50059", "90019", "50128" ->
                "The tenant is not known: check its id, and that the authority is that of its cloud";
            case "9001023", "90124", "90130", "50194" -> "Set the tenant: this credential does not work without one";
            case "90038", "900382", "900432" -> "The tenant belongs to another cloud: use that cloud's authority";
            case "500011", "50001", "650052", "650057" ->
                "The resource of the scope is not known in this tenant: check the scope, and that the tenant has a"
                        + " licence for the service";
            case "70011", "28002", "700022", "700023", "1002012" ->
                "The scope is wrong: use the resource's address followed by /.default";
            case "901002" -> "Version 2 takes a scope and not a resource";
            case "65001", "90094", "650056" -> "An administrator must consent to the application's permissions";
            case "53000",
                    "53001",
                    "53002",
                    "53003",
                    "530032",
                    "50131",
                    "50199",
                    "500212",
                    "500213",
                    "530034",
                    "530084" -> "Conditional Access blocks the sign-in";
            case "50074", "50076", "50078", "50079", "50158" ->
                "The user must pass another factor: use a credential with an interactive sign-in";
            case "50034", "50126" -> "User name or password is wrong";
            case "50053" -> "The account is locked: wait, then sign in again";
            case "50055" -> "The password has expired";
            case "50057" -> "The account is disabled";
            case "70000", "70008", "700081", "700082", "700084", "70043", "50089", "50173", "54005" ->
                "The sign-in has expired: the user must sign in again";
            case "70016", "70018", "70019", "70020" ->
                "No user signed in with the code in time: request the token again to get a new code";
            default -> null;
        };
    }
}
