package dev.skep.cli.trace;

import dev.skep.linux.symbol.AddressedName;
import dev.skep.linux.symbol.KernelAddresses;
import dev.skep.linux.symbol.ProcessAddresses;
import dev.skep.linux.symbol.demangle.CppNames;
import dev.skep.trace.print.Symbols;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Names of addresses, of the kernel and of processes. Files are read when the first name is wanted. */
final class KernelNames implements Symbols {
    /** What kallsyms calls the module of programs of BPF, which is none. */
    private static final String COMPILED = "bpf";

    private final Supplier<KernelAddresses> kernel = Once.of(KernelAddresses::read);
    private final ProcessAddresses processes = new ProcessAddresses();
    private final Map<Long, Optional<Symbol>> known = new HashMap<>();
    private final boolean demangles;

    private final TracedFiles files;

    /** @param demangles whether names of C++ are shown as they are in the source @param files what is known of processes that have ended */
    KernelNames(boolean demangles, TracedFiles files) {
        this.demangles = demangles;
        this.files = files;
    }

    @Override
    public Optional<Symbol> kernel(long address) {
        return known.computeIfAbsent(
                address, wanted -> kernel.get().find(wanted).map(KernelNames::symbol));
    }

    @Override
    public Optional<Symbol> user(int pid, long address) {
        return processes.find(pid, address).or(() -> files.find(address)).map(this::readable);
    }

    private static Symbol symbol(AddressedName found) {
        String module = found.module().equals(COMPILED) ? "" : found.module();
        return new Symbol(found.name(), found.offset(), module);
    }

    private Symbol readable(AddressedName found) {
        String name = demangles ? CppNames.demangle(found.name()).orElse(found.name()) : found.name();
        return new Symbol(name, found.offset(), found.module());
    }
}
