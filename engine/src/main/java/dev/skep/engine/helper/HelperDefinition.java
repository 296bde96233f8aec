package dev.skep.engine.helper;

import dev.skep.object.program.HelperId;
import java.util.List;

/**
 * A helper the engine has.
 *
 * @param id its name and number
 * @param place which programs may call it
 * @param arguments what its registers must hold, for checked mode
 * @param function what it does
 */
public record HelperDefinition(HelperId id, Place place, List<Argument> arguments, Helper function) {
    private static final int MOST_ARGUMENTS = 5;

    public HelperDefinition {
        arguments = List.copyOf(arguments);
    }

    /** How many of r1 to r5 it may look at. */
    public int arity() {
        return arguments.isEmpty() ? MOST_ARGUMENTS : arguments.size();
    }

    /** The function, looking at its arguments first: for checked mode. */
    public Helper checked() {
        return new HelperCheck(this);
    }

    /** Which programs may call a helper. */
    public enum Place {
        /** Every program. */
        ANYWHERE,
        /** Programs that get an {@code xdp_md}. */
        XDP,
        /** Programs that get a {@code __sk_buff}. */
        SOCKET_BUFFER,
        /** Either of the packet contexts. */
        PACKET
    }
}
