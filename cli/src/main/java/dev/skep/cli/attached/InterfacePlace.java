package dev.skep.cli.attached;

import dev.skep.cli.kernel.Words;
import dev.skep.object.attach.Direction;
import dev.skep.object.attach.NetworkPoint;
import dev.skep.object.attach.Ordering;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** The hooks of interfaces that commands attach to, by bpftool's words. */
enum InterfacePlace {
    XDP,
    XDPGENERIC,
    XDPDRV,
    XDPOFFLOAD,
    TCX_INGRESS,
    TCX_EGRESS;

    /** Reads one. */
    static InterfacePlace read(Words words) {
        String word = words.next("the hook: " + all());
        return Arrays.stream(values())
                .filter(place -> place.word().equals(word))
                .findFirst()
                .orElseThrow(() -> words.wrong("'" + word + "' is none of the hooks here: " + all()));
    }

    private static String all() {
        return Arrays.stream(values()).map(InterfacePlace::word).collect(Collectors.joining(", "));
    }

    private String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** This hook of an interface. */
    NetworkPoint of(String networkInterface) {
        return switch (this) {
            case XDP -> new NetworkPoint.Xdp(networkInterface, NetworkPoint.Xdp.Mode.ANY);
            case XDPGENERIC -> new NetworkPoint.Xdp(networkInterface, NetworkPoint.Xdp.Mode.GENERIC);
            case XDPDRV -> new NetworkPoint.Xdp(networkInterface, NetworkPoint.Xdp.Mode.NATIVE);
            case XDPOFFLOAD -> new NetworkPoint.Xdp(networkInterface, NetworkPoint.Xdp.Mode.OFFLOAD);
            case TCX_INGRESS -> new NetworkPoint.Tcx(networkInterface, Direction.INGRESS, Ordering.LAST);
            case TCX_EGRESS -> new NetworkPoint.Tcx(networkInterface, Direction.EGRESS, Ordering.LAST);
        };
    }
}
