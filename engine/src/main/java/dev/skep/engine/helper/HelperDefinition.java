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
    public HelperDefinition {
        arguments = List.copyOf(arguments);
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
