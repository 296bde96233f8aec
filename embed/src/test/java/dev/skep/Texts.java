package dev.skep;

import dev.skep.lang.Length;
import dev.skep.lang.Struct;
import dev.skep.lang.Text;
import dev.skep.lang.context.XdpContext;
import dev.skep.lang.map.ArrayMap;
import dev.skep.lang.program.Xdp;

/** Programs with text. */
final class Texts {
    /** What runs. */
    static final class Command extends Struct {
        int calls;

        @Length(16)
        byte[] name;
    }

    /** The packet's first bytes. */
    static final class Input extends Struct {
        int first;
        int second;
    }

    static final ArrayMap<Command> commands = new ArrayMap<>(1);

    private Texts() {}

    private static void name(Command command, int number) {
        switch (number & 7) {
            case 0 -> Text.copy("bash", command.name);
            case 1 -> Text.copy("sh", command.name);
            case 2 -> Text.copy("a name of more than sixteen characters", command.name);
            case 3 -> Text.copy("sixteen letters.", command.name);
            case 4 -> Text.copy("", command.name);
            case 5 -> Text.copy("Aa", command.name);
            case 6 -> Text.copy("BB", command.name);
            default -> Text.copy("Gr\u00fc\u00dfe", command.name);
        }
        if ((number & 8) != 0) {
            command.name[number >> 4 & 15] ^= (byte) (number >> 8 & 3);
        }
    }

    @Xdp
    static int stringSwitch(XdpContext context) {
        Input input = context.packet(0, Input.class);
        Command command = commands.lookup(0);
        if (input == null || command == null) {
            return -1;
        }
        name(command, input.first);
        int kind = switch (Text.of(command.name)) {
            case "bash", "sh" -> 1;
            case "Aa" -> 2;
            case "BB" -> 3; // with the same hash code
            case "sixteen letters." -> 4;
            case "" -> 5;
            case "Gr\u00fc\u00dfe" -> 6;
            case "a name of more than sixteen characters" -> 7;
            default -> 8;
        };
        return kind * 10 + weight("sh", command) + weight("sixteen", command);
    }

    private static int weight(String prefix, Command command) {
        return Text.of(command.name).startsWith(prefix) ? prefix.length() : 0;
    }

    @Xdp
    static int methods(XdpContext context) {
        Input input = context.packet(0, Input.class);
        if (input == null) {
            return -1;
        }
        Command command = new Command();
        name(command, input.first);
        String text = Text.of(command.name);
        int result = text.hashCode() + (text.isEmpty() ? 100 : text.length());
        if ("bash".equals(text) || text.equals("sh")) {
            result += "bash".hashCode() + 7;
        }
        return (input.second & 3) == 0 ? result : result * 31 + text.charAt(input.second & 7);
    }
}
