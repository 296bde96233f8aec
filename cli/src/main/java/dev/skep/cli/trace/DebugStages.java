package dev.skep.cli.trace;

import java.util.Set;

/** The stages of which {@code -d} shows what comes out. */
final class DebugStages {
    /** As bpftrace calls them. */
    static final Set<String> NAMES =
            Set.of("all", "ast", "types", "codegen", "codegen-opt", "libbpf", "verifier", "parse", "dis");

    private DebugStages() {}
}
