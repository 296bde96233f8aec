package dev.skep.cli.link;

import dev.skep.cli.kernel.ObjectReference;
import dev.skep.linux.info.ObjectKind;
import dev.skep.linux.link.FoundLink;

/** Opens the links that users mean. */
public final class Links {
    private Links() {}

    /** The link that is meant. @throws dev.skep.object.host.HostException if there is none */
    public static FoundLink open(ObjectReference reference) {
        return reference instanceof ObjectReference.ByPin(var path)
                ? FoundLink.ofPin(path)
                : FoundLink.ofId(reference.id(ObjectKind.LINK));
    }
}
