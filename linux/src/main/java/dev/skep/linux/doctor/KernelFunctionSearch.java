package dev.skep.linux.doctor;

import dev.skep.linux.machine.Machine;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Looks for a function that BTF does not have among the kernel's symbols. */
final class KernelFunctionSearch {
    private static final String SYMBOLS = "/proc/kallsyms";
    private static final String TYPES = "/sys/kernel/btf/";
    private static final String VMLINUX = "vmlinux";

    /** What else could be done than name the function by its type. */
    private static final String OTHER_WAYS = "use a kprobe, which goes by symbol, or another function";

    private final Machine machine;

    KernelFunctionSearch(Machine machine) {
        this.machine = machine;
    }

    /** @param name as in the symbol table @param module the module's name, {@code vmlinux} for the kernel itself */
    private record Symbol(String name, String module) {}

    Diagnosis explain(String function) {
        if (!machine.files().exists(TYPES + VMLINUX)) {
            return KernelExamination.types(machine);
        }
        Optional<List<Symbol>> symbols = symbols(function);
        if (symbols.isEmpty()) {
            return finding(
                    "BTF has no function " + function + ", and " + SYMBOLS + " cannot be read",
                    "whether the kernel has it is not known",
                    "run it as root");
        }
        Optional<Symbol> itself = symbols.get().stream()
                .filter(symbol -> symbol.name().equals(function))
                .findFirst();
        return itself.map(symbol -> withoutType(function, symbol))
                .or(() -> symbols.get().stream().findFirst().map(symbol -> changed(function, symbol)))
                .orElseGet(() -> finding(
                        "neither BTF nor " + SYMBOLS + " has a function " + function,
                        "this kernel does not have it, or the compiler has put it into its callers (inlined it)",
                        "look for its name in this kernel's version, or use one of its callers"));
    }

    /** The function, and copies of it that the compiler made: {@code name.isra.0}, {@code name.constprop.0}. Empty if unreadable. */
    private Optional<List<Symbol>> symbols(String function) {
        try (Stream<String> lines = Files.lines(machine.files().path(SYMBOLS))) {
            // address type name [module]
            return Optional.of(lines.map(line -> line.split("[ \t]+"))
                    .filter(fields -> fields.length >= 3 && "tTwW".contains(fields[1]))
                    .filter(fields -> fields[2].equals(function) || fields[2].startsWith(function + "."))
                    .map(fields ->
                            new Symbol(fields[2], fields.length > 3 ? fields[3].replaceAll("[\\[\\]]", "") : VMLINUX))
                    .toList());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private Diagnosis withoutType(String function, Symbol symbol) {
        if (!symbol.module().equals(VMLINUX) && !machine.files().exists(TYPES + symbol.module())) {
            return finding(
                    SYMBOLS + " has " + function + " in module " + symbol.module() + ", but " + TYPES + symbol.module()
                            + " is not there",
                    "the module was built without types",
                    "build it with CONFIG_DEBUG_INFO_BTF_MODULES=y, or " + OTHER_WAYS);
        }
        return finding(
                SYMBOLS + " has " + function + ", but the types of " + symbol.module() + " do not",
                "pahole leaves out functions whose arguments do not come as their declaration says, or that there are "
                        + "several of with one name",
                OTHER_WAYS);
    }

    private static Diagnosis changed(String function, Symbol symbol) {
        return finding(
                SYMBOLS + " has only " + symbol.name(),
                "the compiler changed " + function + "'s arguments or split it, so that its type no longer fits",
                OTHER_WAYS);
    }

    private static Diagnosis finding(String evidence, String consequence, String remedy) {
        return Diagnosis.problem(Finding.KERNEL_FUNCTION, evidence, consequence, remedy);
    }
}
