package dev.skep.verifier.kernel;

import static dev.skep.verifier.kernel.KernelFunction.function;

import dev.skep.object.program.AttachType;
import dev.skep.object.program.ProgramType;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * All kernel functions that are known by name. Their versions are those of docs.ebpf.io's {@code feature-versions.yaml}, and fit the
 * BTF of Linux 5.10, 6.1, 6.12, 6.18 and 7.3; docs/verifier-kernels.md says where not.
 */
final class KernelFunctionTable {
    private static final Map<String, KernelFunction> BY_NAME = Stream.of(
                    CommonFunctions.all(),
                    ObjectFunctions.all(),
                    NetworkFunctions.all(),
                    DriverFunctions.all(),
                    restricted())
            .flatMap(Function.identity())
            .collect(Collectors.toUnmodifiableMap(KernelFunction::name, Function.identity()));

    private KernelFunctionTable() {}

    /** Those whose filters look at more than a program's type. */
    private static Stream<KernelFunction> restricted() {
        Set<ProgramType> probes = Set.of(ProgramType.KPROBE);
        AttachType[] sessions = {AttachType.TRACE_KPROBE_SESSION, AttachType.TRACE_UPROBE_SESSION};
        return Stream.of(
                // kernel/trace/bpf_trace.c, bpf_kprobe_multi_filter
                function("bpf_session_is_return", "6.10").registeredFor(probes, sessions),
                function("bpf_session_cookie", "6.10").registeredFor(probes, sessions),
                // net/core/filter.c, tracing_iter_filter
                function("bpf_sock_destroy", "6.5", KernelFunctionFlag.TRUSTED_ARGS)
                        .registeredFor(Set.of(ProgramType.TRACING), AttachType.TRACE_ITER));
    }

    static Optional<KernelFunction> lookup(String name) {
        return Optional.ofNullable(BY_NAME.get(name));
    }

    static Stream<KernelFunction> all() {
        return BY_NAME.values().stream();
    }
}
