package dev.skep.cli.link;

import dev.skep.cli.kernel.Words;
import dev.skep.object.program.AttachType;
import java.util.Collection;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

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

    /** Reads one of these, without regard to case. @throws picocli.CommandLine.ParameterException naming them for anything else */
    public static AttachType read(Words words, Collection<AttachType> accepted) {
        String word = words.next("the attach type");
        return accepted.stream()
                .filter(type -> of(type).equalsIgnoreCase(word))
                .findFirst()
                .orElseThrow(() -> words.wrong("'" + word + "' is none of the attach types here: "
                        + accepted.stream().map(AttachWord::of).collect(Collectors.joining(", "))));
    }
}
