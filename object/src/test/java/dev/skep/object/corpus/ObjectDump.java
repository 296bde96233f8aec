package dev.skep.object.corpus;

import dev.skep.object.BpfObject;
import dev.skep.object.btf.BtfType;
import dev.skep.object.core.CoreRelocator;
import dev.skep.object.core.CoreTarget;
import dev.skep.object.image.ProgramImage;
import dev.skep.object.image.ProgramImageBuilder;
import dev.skep.object.instruction.Instruction;
import dev.skep.object.instruction.Instructions;
import dev.skep.object.map.MapSpec;
import dev.skep.object.map.MapType;
import dev.skep.object.program.ExternSpec;
import dev.skep.object.program.ProgramSpec;
import dev.skep.object.program.Reference;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** An object in the words of {@code tools/libbpf_dump.c}: maps, programs, and final instructions. */
final class ObjectDump {
    private final BpfObject object;
    private final CoreRelocator relocator;
    private final StringBuilder text = new StringBuilder();

    private ObjectDump(BpfObject object, List<CoreTarget> targets) {
        this.object = object;
        this.relocator = CoreRelocator.of(object, targets);
    }

    static String of(BpfObject object, List<CoreTarget> targets) {
        ObjectDump dump = new ObjectDump(object, targets);
        object.maps().forEach(dump::definition);
        object.programs().forEach(dump::definition);
        object.maps().forEach(dump::contents);
        object.programs().stream().filter(ProgramSpec::autoload).forEach(dump::code);
        return dump.text.toString();
    }

    private void line(String format, Object... values) {
        text.append(String.format(format, values)).append('\n');
    }

    private void definition(MapSpec map) {
        line(
                "map %s type=%d key=%d value=%d entries=%d flags=0x%x extra=0x%x numa=%d pin=%s",
                map.name(),
                map.type().number(),
                map.keySize(),
                map.valueSize(),
                map.maxEntries(),
                map.flags(),
                map.mapExtra(),
                Math.max(0, map.numaNode()),
                map.pinning() == MapSpec.Pinning.BY_NAME ? map.name() : "-");
    }

    private void definition(ProgramSpec program) {
        line(
                "program %s section=%s type=%d attach=%d autoload=%d",
                program.name(),
                program.section().replaceFirst("^[?]", ""),
                program.type().ordinal(),
                program.expectedAttachType().map(Enum::ordinal).orElseGet(() -> structOpsMember(program)),
                program.autoload() ? 1 : 0);
    }

    /** libbpf keeps in the attach type of a struct_ops program which member it implements. */
    private int structOpsMember(ProgramSpec program) {
        return object.structOps().stream()
                .flatMap(ops -> ops.members().stream()
                        .filter(member -> member.program().equals(program.name()))
                        .map(member -> memberIndex(ops.typeId(), member.name())))
                .findFirst()
                .orElse(0);
    }

    private int memberIndex(int typeId, String name) {
        BtfType.Composite composite =
                (BtfType.Composite) object.btf().type(object.btf().strip(typeId));
        return composite.members().stream().map(BtfType.Member::name).toList().indexOf(name);
    }

    private void contents(MapSpec map) {
        boolean globals = switch (map.role()) {
            case RODATA, DATA, BSS -> true;
            default -> false;
        };
        if (!globals && map.inner().isEmpty() && map.type() != MapType.PROG_ARRAY) {
            return;
        }
        line("contents %s", map.name());
        map.inner()
                .ifPresent(inner -> line(
                        "  inner type=%d key=%d value=%d entries=%d flags=0x%x extra=0x%x",
                        inner.type().number(),
                        inner.keySize(),
                        inner.valueSize(),
                        inner.maxEntries(),
                        inner.flags(),
                        inner.mapExtra()));
        if (globals) {
            line("  %s", map.contents().length() == 0 ? "00".repeat(map.valueSize()) : map.contents());
        }
        map.values().forEach(slot -> line("  slot %d %s", slot.index(), slot.target()));
    }

    private void code(ProgramSpec program) {
        ProgramImage image = ProgramImageBuilder.build(object, program, relocator::relocate);
        Map<Integer, Reference> references = image.references().stream()
                .filter(reference -> !isMissing(reference))
                .collect(Collectors.toMap(Reference::slot, Function.identity()));
        Set<Integer> missing = image.references().stream()
                .filter(this::isMissing)
                .map(Reference::slot)
                .collect(Collectors.toSet());
        line("code %s flags=0x%x", program.name(), program.flags());
        int slot = 0;
        for (Instruction each : image.instructions()) {
            Instruction instruction = missing.contains(slot) ? each.withPseudo(0, 0) : each;
            byte[] code = Instructions.of(instruction).encode();
            line("  %s%s", HexFormat.of().formatHex(code, 0, 8), note(references.get(slot), instruction));
            if (instruction.isWide()) {
                line("  %s", HexFormat.of().formatHex(code, 8, 16));
            }
            slot += instruction.slots();
        }
    }

    /** Weak symbols that no kernel has become 0 when a program is loaded; in the corpus their names say so. */
    private boolean isMissing(Reference reference) {
        return reference instanceof Reference.ExternVariable variable
                && object.externs().get(variable.extern()).name().startsWith("missing_");
    }

    private String note(@Nullable Reference reference, Instruction instruction) {
        return switch (reference) {
            case null -> "";
            case Reference.Map map -> " map " + map.map();
            case Reference.MapValue value -> " map " + value.map();
            case Reference.ArenaVariable variable -> " map " + variable.map();
            case Reference.KernelFunctionCall call -> instruction.isWide() ? " btf" : " kfunc";
            case Reference.ExternVariable variable ->
                switch (object.externs().get(variable.extern())) {
                    case ExternSpec.Kconfig kconfig -> " map .kconfig";
                    case ExternSpec.KernelVariable symbol -> symbol.typeId() == 0 ? " ksym " + symbol.name() : " btf";
                    case ExternSpec.KernelFunction function -> " btf";
                };
            case Reference.Call call -> throw new AssertionError("an unresolved call: " + call);
            case Reference.FunctionAddress address -> throw new AssertionError("an unresolved address: " + address);
        };
    }
}
