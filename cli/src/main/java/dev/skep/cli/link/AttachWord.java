package dev.skep.cli.link;

import dev.skep.object.program.AttachType;
import java.util.Locale;
import java.util.Optional;

/** Attach types as bpftool writes them in JSON since its version 7: {@code tcx_ingress}, {@code cgroup_inet_egress}. */
public final class AttachWord {
    private AttachWord() {}

    /** The word for one. */
    public static String of(AttachType type) {
        return type.name().toLowerCase(Locale.ROOT);
    }

    /** The word for one that a link has; "unknown" if it is newer than this software. */
    static String of(Optional<AttachType> type) {
        return type.map(AttachWord::of).orElse("unknown");
    }
}
