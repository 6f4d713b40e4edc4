package io.freshet.cdc.command;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** Rules, held against a database and tried out, with the connector's own classes. */
@Command(
        name = "rules",
        description = "Check a rules file against a database, or try it on a change.",
        mixinStandardHelpOptions = true,
        subcommands = {CheckCommand.class, TryCommand.class})
public final class RulesCommand {

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new RulesCommand()).execute(arguments));
    }
}
