package dev.skep.verifier.transfer;

import dev.skep.verifier.value.Trust;
import java.util.Map;
import java.util.Optional;

/**
 * What iterators hand to programs beside {@code meta} and the map they go over ({@code ctx_arg_info} of {@code struct bpf_iter_reg}).
 * An iterator that is not listed hands over objects that can be relied on.
 */
final class IteratorArguments {
    /** Null is what a program gets when there is nothing more. */
    sealed interface Argument {
        /** An object or null. */
        record Object(Trust trust) implements Argument {}

        /** A buffer or null. */
        record Buffer(boolean readOnly) implements Argument {}
    }

    private static final Argument TRUSTED = new Argument.Object(Trust.TRUSTED);
    private static final Argument WALKED = new Argument.Object(Trust.WALKED);
    private static final Argument READ_ONLY = new Argument.Buffer(true);
    private static final Argument READ_WRITE = new Argument.Buffer(false);

    /** By the iterator's name and its argument's: kernel/bpf/*_iter.c, net/core, net/ipv4, net/ipv6, net/unix, net/netlink. */
    private static final Map<String, Argument> ARGUMENTS = Map.ofEntries(
            Map.entry("task.task", TRUSTED),
            Map.entry("cgroup.cgroup", TRUSTED),
            Map.entry("bpf_map.map", TRUSTED),
            Map.entry("tcp.sk_common", TRUSTED),
            Map.entry("udp.udp_sk", TRUSTED),
            Map.entry("unix.unix_sk", TRUSTED),
            Map.entry("kmem_cache.s", TRUSTED),
            Map.entry("bpf_prog.prog", WALKED),
            Map.entry("bpf_link.link", WALKED),
            Map.entry("task_file.task", WALKED),
            Map.entry("task_file.file", WALKED),
            Map.entry("task_vma.task", WALKED),
            Map.entry("task_vma.vma", WALKED),
            Map.entry("sockmap.sk", WALKED),
            Map.entry("bpf_sk_storage_map.sk", WALKED),
            Map.entry("ipv6_route.rt", WALKED),
            Map.entry("netlink.sk", WALKED),
            Map.entry("ksym.ksym", WALKED),
            Map.entry("dmabuf.dmabuf", WALKED),
            Map.entry("bpf_map_elem.key", READ_ONLY),
            Map.entry("bpf_map_elem.value", READ_WRITE),
            Map.entry("sockmap.key", READ_ONLY),
            Map.entry("bpf_sk_storage_map.value", READ_WRITE));

    private IteratorArguments() {}

    /** What is special about an argument. @param iterator its name without {@code bpf_iter_} */
    static Optional<Argument> of(String iterator, String argument) {
        return Optional.ofNullable(ARGUMENTS.get(iterator + "." + argument));
    }
}
