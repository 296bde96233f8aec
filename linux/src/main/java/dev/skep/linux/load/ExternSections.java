package dev.skep.linux.load;

import dev.skep.object.btf.Btf;
import dev.skep.object.btf.BtfBuilder;
import dev.skep.object.btf.BtfType;
import dev.skep.object.btf.BtfType.SectionVariable;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * Rewrites the sections of what an object expects from the kernel, {@code .ksyms} and {@code .kconfig}. A compiler describes them in a way
 * that kernels refuse: functions in a data section, extern variables. As libbpf does ({@code bpf_object__collect_externs}), every entry of
 * {@code .ksyms} becomes an integer variable with a place of four bytes, and what is extern becomes global.
 */
final class ExternSections {
    private static final String SYMBOLS = ".ksyms";
    private static final String CONFIGURATION = ".kconfig";
    /** Stands for functions in the section; libbpf's name for it. */
    private static final String DUMMY = "dummy_ksym";

    private final Btf types;
    private final BtfBuilder rewritten = new BtfBuilder();

    private ExternSections(Btf types) {
        this.types = types;
        rewritten.append(types);
    }

    /** The same types, or, if there is such a section, types that a kernel takes; ids stay as they are. */
    static Btf rewritten(Btf types) {
        OptionalInt symbols = types.find(SYMBOLS, BtfType.DataSection.class);
        OptionalInt configuration = types.find(CONFIGURATION, BtfType.DataSection.class);
        if (symbols.isEmpty() && configuration.isEmpty()) {
            return types;
        }
        ExternSections sections = new ExternSections(types);
        configuration.ifPresent(sections::rewriteConfiguration);
        symbols.ifPresent(sections::rewriteSymbols);
        return sections.rewritten.build();
    }

    private void rewriteConfiguration(int section) {
        for (SectionVariable entry : ((BtfType.DataSection) types.type(section)).variables()) {
            if (types.type(entry.type()) instanceof BtfType.Variable variable) {
                rewritten.set(
                        entry.type(), new BtfType.Variable(variable.name(), variable.type(), BtfType.Linkage.GLOBAL));
            }
        }
    }

    private void rewriteSymbols(int section) {
        int integer = integer();
        int dummy = rewritten.add(new BtfType.Variable(DUMMY, integer, BtfType.Linkage.GLOBAL));
        BtfType.DataSection old = (BtfType.DataSection) types.type(section);
        List<SectionVariable> entries = new ArrayList<>();
        for (SectionVariable entry : old.variables()) {
            int type = entry.type();
            if (types.type(type) instanceof BtfType.Function function) {
                rewritten.set(
                        type, new BtfType.Function(function.name(), BtfType.Linkage.GLOBAL, function.prototype()));
                nameParameters(function.prototype());
                type = dummy;
            } else if (types.type(type) instanceof BtfType.Variable variable) {
                rewritten.set(type, new BtfType.Variable(variable.name(), integer, BtfType.Linkage.GLOBAL));
            }
            entries.add(new SectionVariable(type, entries.size() * Integer.BYTES, Integer.BYTES));
        }
        rewritten.set(section, new BtfType.DataSection(SYMBOLS, entries.size() * Integer.BYTES, entries));
    }

    /** A function that is not extern has named parameters. */
    private void nameParameters(int prototype) {
        BtfType.FunctionPrototype old = (BtfType.FunctionPrototype) types.type(prototype);
        List<BtfType.Parameter> named = old.parameters().stream()
                .map(p -> p.name().isEmpty() && p.type() != 0 ? new BtfType.Parameter(DUMMY, p.type()) : p)
                .toList();
        rewritten.set(prototype, new BtfType.FunctionPrototype(old.returnType(), named, old.variadic()));
    }

    private int integer() {
        return IntStream.range(1, types.typeCount())
                .filter(id -> types.type(id) instanceof BtfType.Int number
                        && number.size() == Integer.BYTES
                        && number.bits() == Integer.SIZE
                        && number.signed())
                .findFirst()
                .orElseGet(() ->
                        rewritten.add(new BtfType.Int("int", Integer.BYTES, true, false, false, 0, Integer.SIZE)));
    }
}
