package dev.skep.object.file;

import dev.skep.object.InputException;
import dev.skep.object.btf.Btf;
import dev.skep.object.btf.BtfLayout;
import dev.skep.object.btf.BtfType;
import dev.skep.object.elf.Symbol;
import dev.skep.object.program.ExternSpec;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds what a file expects from the kernel: undefined symbols that BTF puts into {@code .kconfig} or {@code .ksyms} (libbpf's
 * {@code bpf_object__collect_externs}).
 */
final class ExternReader {
    private static final String DEFINE_IT =
            "link this object with the one that defines it, or declare it __ksym or __kconfig";

    /** Far more than any kernel has configuration options. */
    private static final int LARGEST_KCONFIG = 1 << 20;

    /** Strings of the configuration are much shorter: libbpf reads lines of 4096 bytes at most. */
    private static final int LARGEST_VALUE = 4096;

    private final ObjectInput input;
    private final Btf btf;
    private final BtfLayout layout;
    private final Map<Integer, String> sectionByType = new HashMap<>();

    /** @param alignment 0 for kernel symbols, which are not laid out */
    private record Found(int symbol, ExternSpec spec, int alignment) {
        boolean isKconfig() {
            return spec instanceof ExternSpec.Kconfig;
        }

        int size() {
            return spec instanceof ExternSpec.Kconfig kconfig ? kconfig.size() : 0;
        }
    }

    ExternReader(ObjectInput input) {
        this.input = input;
        this.btf = input.btf();
        this.layout = new BtfLayout(btf);
        for (int id = 1; id < btf.typeCount(); id++) {
            if (btf.type(id) instanceof BtfType.DataSection section) {
                section.variables().forEach(v -> sectionByType.putIfAbsent(v.type(), section.name()));
            }
        }
    }

    Externs read() {
        List<Found> found = new ArrayList<>();
        for (Symbol symbol : input.elf().symbols()) {
            if (symbol.isExtern() && !symbol.name().isEmpty()) {
                found.add(find(symbol));
            }
        }
        found.sort(Comparator.comparing((Found f) -> !f.isKconfig())
                .thenComparing(Found::alignment, Comparator.reverseOrder())
                .thenComparing(Found::size)
                .thenComparing(f -> f.spec().name()));
        return layOut(found);
    }

    private Externs layOut(List<Found> found) {
        List<ExternSpec> list = new ArrayList<>();
        Map<Integer, Integer> bySymbol = new HashMap<>();
        int end = 0;
        for (Found f : found) {
            bySymbol.put(f.symbol(), list.size());
            if (f.spec() instanceof ExternSpec.Kconfig k) {
                int offset = Math.ceilDiv(end, f.alignment()) * f.alignment();
                end = offset + k.size();
                if (end > LARGEST_KCONFIG) {
                    throw input.wrong(SectionName.KCONFIG, "more than 1 MiB of configuration values", "ask for fewer");
                }
                list.add(new ExternSpec.Kconfig(k.name(), k.weak(), k.typeId(), offset, k.size()));
            } else {
                list.add(f.spec());
            }
        }
        return new Externs(list, bySymbol, end);
    }

    private Found find(Symbol symbol) {
        for (int id : btf.idsNamed(symbol.name())) {
            switch (btf.type(id)) {
                case BtfType.Variable variable -> {
                    requireExtern(symbol, variable.linkage());
                    return variable(symbol, id, variable);
                }
                case BtfType.Function function -> {
                    requireExtern(symbol, function.linkage());
                    return function(symbol, id);
                }
                default -> {}
            }
        }
        throw undefined("'" + symbol.name() + "' is not defined in this file, nor does its BTF describe it");
    }

    private void requireExtern(Symbol symbol, BtfType.Linkage linkage) {
        if (linkage != BtfType.Linkage.EXTERN) {
            throw undefined("'" + symbol.name() + "' is undefined, though BTF says it is defined here");
        }
    }

    private Found variable(Symbol symbol, int id, BtfType.Variable variable) {
        return switch (sectionOf(symbol, id)) {
            case SectionName.KCONFIG -> kconfig(symbol, variable.type());
            case SectionName.KSYMS -> {
                int type = btf.strip(variable.type());
                yield new Found(symbol.index(), new ExternSpec.KernelVariable(symbol.name(), symbol.isWeak(), type), 0);
            }
            case SectionName.MAPS -> throw undefined("the map '" + symbol.name() + "' is only declared here (extern)");
            default -> throw undefined("the variable '" + symbol.name() + "' is not defined in this file");
        };
    }

    private Found function(Symbol symbol, int id) {
        if (!sectionOf(symbol, id).equals(SectionName.KSYMS)) {
            throw undefined("the function '" + symbol.name() + "' is not defined in this file");
        }
        return new Found(symbol.index(), new ExternSpec.KernelFunction(symbol.name(), symbol.isWeak(), id), 0);
    }

    private String sectionOf(Symbol symbol, int id) {
        String section = sectionByType.get(id);
        if (section == null) {
            throw undefined("'" + symbol.name() + "' is not defined in this file");
        }
        return section;
    }

    private Found kconfig(Symbol symbol, int type) {
        int size = isKconfigType(type) ? layout.size(type) : 0;
        if (size == 0 || size > LARGEST_VALUE) {
            throw new InputException(
                    input.where().section(SectionName.KCONFIG),
                    "the type of '" + symbol.name() + "' cannot hold a configuration value",
                    "use bool, an integer, enum libbpf_tristate or a char array of at most 4096 bytes");
        }
        ExternSpec spec = new ExternSpec.Kconfig(symbol.name(), symbol.isWeak(), type, 0, size);
        return new Found(symbol.index(), spec, layout.alignment(type));
    }

    /** libbpf's {@code find_kcfg_type}. */
    private boolean isKconfigType(int id) {
        return switch (btf.type(btf.strip(id))) {
            case BtfType.Int t -> t.bool() ? t.size() == 1 : t.size() <= 8 && Integer.bitCount(t.size()) == 1;
            case BtfType.Enumeration t -> t.name().equals("libbpf_tristate");
            case BtfType.Array t ->
                t.length() > 0
                        && btf.type(btf.strip(t.element())) instanceof BtfType.Int element
                        && element.size() == 1
                        && !element.bool();
            default -> false;
        };
    }

    private InputException undefined(String problem) {
        String advice = btf.typeCount() == 1 ? "compile with -g, so that there is BTF to look it up in" : DEFINE_IT;
        return new InputException(input.where(), problem, advice);
    }
}
