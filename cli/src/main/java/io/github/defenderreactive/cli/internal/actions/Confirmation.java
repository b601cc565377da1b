package io.github.defenderreactive.cli.internal.actions;

import io.github.defenderreactive.cli.internal.arguments.UsageException;
import io.github.defenderreactive.cli.internal.terminal.Messages;
import io.github.defenderreactive.cli.internal.terminal.Terminal;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;

/**
 * The consent of the user to an action that affects the use of a device.
 *
 * @param input the input of the user
 * @param terminal whether the input is a terminal
 */
record Confirmation(InputStream input, boolean terminal) {

    static Confirmation ofUser() {
        return new Confirmation(System.in, Terminal.isStandardInput());
    }

    /**
     * Requires the consent of the user.
     *
     * @throws UsageException if the input is not a terminal, or the user does not consent
     */
    void require(String what) {
        if (!terminal) {
            throw new UsageException(what + " must be confirmed: add --yes");
        }
        Messages.print("defender: " + what + "? Enter yes to continue:");
        try {
            String reply = new BufferedReader(new InputStreamReader(input, Charset.defaultCharset())).readLine();
            if (reply == null || !reply.strip().equalsIgnoreCase("yes")) {
                throw new UsageException("Not confirmed; nothing was requested");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
