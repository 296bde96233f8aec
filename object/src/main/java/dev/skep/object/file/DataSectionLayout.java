package dev.skep.object.file;

import dev.skep.object.btf.Btf;
import dev.skep.object.btf.BtfKind;
import dev.skep.object.btf.BtfPatch;
import dev.skep.object.btf.BtfType;
import dev.skep.object.elf.Elf64;
import dev.skep.object.elf.ElfFile;
import dev.skep.object.elf.Section;
import dev.skep.object.elf.Symbol;
import dev.skep.object.program.ExternSpec;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Fills in what the compiler could not know when it wrote the BTF: the sizes of data sections, and where in them the
 * variables lie (libbpf's {@code btf_fixup_datasec}). Hidden variables become static, as there.
 */
final class DataSectionLayout {
    private final Btf btf;
    private final Externs externs;
    private final Map<String, Section> sections = new HashMap<>();
    private final Map<String, Symbol> variables = new HashMap<>();

    private DataSectionLayout(ElfFile elf, Btf btf, Externs externs) {
        this.btf = btf;
        this.externs = externs;
        elf.sections().forEach(section -> sections.putIfAbsent(section.name(), section));
        for (Symbol symbol : elf.symbols()) {
            if (symbol.type() == Elf64.STT_OBJECT && symbol.isGlobal() && symbol.isDefined()) {
                variables.putIfAbsent(symbol.name(), symbol);
            }
        }
    }

    /** {@code btf} with its data sections laid out as the file's symbols say; the same instance if nothing changes. */
    static Btf applyTo(Btf btf, ElfFile elf, Externs externs) {
        return new DataSectionLayout(elf, btf, externs).apply();
    }

    private Btf apply() {
        BtfPatch patch = new BtfPatch(btf);
        for (int id = 1; id < btf.typeCount(); id++) {
            if (btf.kind(id) == BtfKind.DATASEC && btf.type(id) instanceof BtfType.DataSection section) {
                BtfType.DataSection laidOut = layOut(section);
                if (!laidOut.equals(section)) {
                    patch.layOut(id, laidOut.size(), laidOut.variables());
                }
                hideVariables(section, patch);
            }
        }
        return patch.build();
    }

    private BtfType.DataSection layOut(BtfType.DataSection section) {
        return switch (section.name()) {
            case SectionName.KSYMS -> section;
            case SectionName.KCONFIG -> withKconfigOffsets(section);
            default -> withSectionSize(section);
        };
    }

    private BtfType.DataSection withKconfigOffsets(BtfType.DataSection section) {
        Map<String, ExternSpec.Kconfig> kconfig = externs.kconfig();
        List<BtfType.SectionVariable> placed = section.variables().stream()
                .map(v -> Optional.ofNullable(kconfig.get(btf.type(v.type()).name()))
                        .map(extern -> new BtfType.SectionVariable(v.type(), extern.offset(), extern.size()))
                        .orElse(v))
                .toList();
        return sorted(section, externs.kconfigSize(), placed);
    }

    /** A size that is there already comes from a linker, which has also filled in the offsets. */
    private BtfType.DataSection withSectionSize(BtfType.DataSection section) {
        Optional<Section> bytes =
                Optional.ofNullable(sections.get(section.name())).filter(s -> s.size() <= Integer.MAX_VALUE);
        if (bytes.isEmpty()) {
            return section;
        }
        List<BtfType.SectionVariable> placed = section.size() == 0 ? bySymbols(section) : section.variables();
        return sorted(section, (int) bytes.get().size(), placed);
    }

    private List<BtfType.SectionVariable> bySymbols(BtfType.DataSection section) {
        return section.variables().stream()
                .map(v -> Optional.ofNullable(variables.get(btf.type(v.type()).name()))
                        .filter(symbol -> isGlobalVariable(v.type()))
                        .map(symbol -> new BtfType.SectionVariable(v.type(), (int) symbol.value(), v.size()))
                        .orElse(v))
                .toList();
    }

    private boolean isGlobalVariable(int id) {
        return btf.type(id) instanceof BtfType.Variable variable && variable.linkage() == BtfType.Linkage.GLOBAL;
    }

    private static BtfType.DataSection sorted(
            BtfType.DataSection section, int size, List<BtfType.SectionVariable> variables) {
        List<BtfType.SectionVariable> byOffset = variables.stream()
                .sorted(Comparator.comparingInt(BtfType.SectionVariable::offset))
                .toList();
        return new BtfType.DataSection(section.name(), size, byOffset);
    }

    private void hideVariables(BtfType.DataSection section, BtfPatch patch) {
        for (BtfType.SectionVariable place : section.variables()) {
            if (btf.type(place.type()) instanceof BtfType.Variable variable
                    && variable.linkage() == BtfType.Linkage.GLOBAL) {
                Symbol symbol = variables.get(variable.name());
                if (symbol != null && symbol.isHidden()) {
                    patch.link(place.type(), BtfType.Linkage.STATIC);
                }
            }
        }
    }
}
