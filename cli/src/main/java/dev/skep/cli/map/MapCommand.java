package dev.skep.cli.map;

import dev.skep.cli.kernel.CommandGroup;
import picocli.CommandLine.Command;

/** {@code skep map}: only its subcommands do something. */
@Command(
        name = "map",
        description = {
            "Shows the maps that are in the kernel, whoever made them, and reads and changes what is in them.",
            "MAP is one of: id N, name NAME, pinned PATH.",
            "A key or value is one word, a number or JSON that fits its type ('{\"port\": 80}'), or its bytes: 10 0 0 1, or "
                    + "hex 0a 00 00 01."
        },
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        footerHeading = "%nExamples:%n",
        footer = {
            "  skep map list",
            "  skep map dump name counters",
            "  skep map update name counters key 3 value '{\"packets\": 0, \"bytes\": 0}'"
        },
        subcommands = {
            MapListCommand.class,
            MapShowCommand.class,
            MapDumpCommand.class,
            MapLookupCommand.class,
            MapUpdateCommand.class,
            MapDeleteCommand.class,
            MapNextCommand.class,
            MapCreateCommand.class,
            MapPushCommand.class,
            MapPopCommand.class,
            MapPeekCommand.class,
            MapEventsCommand.class,
            MapFreezeCommand.class,
            MapPinCommand.class
        })
public final class MapCommand extends CommandGroup {}
