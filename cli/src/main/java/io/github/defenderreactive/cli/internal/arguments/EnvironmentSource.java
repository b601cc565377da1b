package io.github.defenderreactive.cli.internal.arguments;

/** The root command as its subcommands see it: the source of the environment variables. */
public interface EnvironmentSource {

    /**
     * Returns the environment variables that the command was started with.
     *
     * @return the variables
     */
    EnvironmentVariables variables();
}
