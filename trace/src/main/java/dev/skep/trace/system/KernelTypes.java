package dev.skep.trace.system;

import dev.skep.object.btf.Btf;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** The types of the kernel and its modules, as BTF tells them. */
public interface KernelTypes {
    /** Whether the kernel describes its types. To know takes no time, unlike {@link #kernel()}, which reads them. */
    boolean available();

    /** Whether the kernel that runs the programs knows these types, too, so that they may load from its structures. */
    default boolean areKnownToVerifier() {
        return false;
    }

    /**
     * Where an array is in a structure of the kernel, if that can be told without reading its types.
     *
     * @param length of the array, in elements
     * @return bytes from the structure's start
     */
    default OptionalInt earlyArray(String structure, String member, int length) {
        return OptionalInt.empty();
    }

    /** The kernel's own; empty if it does not describe them. */
    Optional<Btf> kernel();

    /** The modules that describe theirs, sorted. */
    List<String> modules();

    /** A module's types, which continue the kernel's; {@code vmlinux} for the kernel itself. */
    Optional<Btf> module(String name);
}
