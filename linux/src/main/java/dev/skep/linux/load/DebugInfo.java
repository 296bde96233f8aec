package dev.skep.linux.load;

import dev.skep.linux.bpf.BpfAttr;
import dev.skep.linux.bpf.BpfAttrLayout.ProgLoad;
import dev.skep.object.BpfObject;
import dev.skep.object.image.ProgramImage;
import dev.skep.object.program.FunctionSpec;
import java.lang.foreign.Arena;
import java.lang.foreign.ValueLayout;
import java.util.HashSet;
import java.util.Set;

/** A program's functions and source lines as the kernel wants them: {@code struct bpf_func_info} and {@code bpf_line_info} (linux/bpf.h). */
final class DebugInfo {
    private static final int FUNCTION_BYTES = 8; // insn_off, type_id
    private static final int LINE_BYTES = 16; // insn_off, file_name_off, line_off, line_col
    private static final int COLUMN_BITS = 10;
    private static final int MAXIMUM_COLUMN = (1 << COLUMN_BITS) - 1;

    private final BpfObject object;
    private final ObjectTypes types;

    DebugInfo(BpfObject object, ObjectTypes types) {
        this.object = object;
        this.types = types;
    }

    /** Says what is known about {@code image}; nothing if its types are not in the kernel, or not all functions have one. */
    void describe(ProgramImage image, BpfAttr attr, Arena arena) {
        boolean typed = types.descriptor().isPresent()
                && image.functions().stream()
                        .allMatch(start ->
                                object.functions().get(start.function()).typeId() != 0);
        if (!typed) {
            return;
        }
        attr.set(ProgLoad.PROG_BTF_FD, types.descriptor().get());
        functions(image, attr, arena);
        Set<Integer> described = new HashSet<>();
        image.lines().forEach(line -> described.add(line.slot()));
        // The kernel wants a line for the first instruction of each function, or none at all.
        if (image.functions().stream().allMatch(start -> described.contains(start.slot()))) {
            lines(image, attr, arena);
        }
    }

    private void functions(ProgramImage image, BpfAttr attr, Arena arena) {
        int count = image.functions().size();
        int[] records = new int[count * FUNCTION_BYTES / Integer.BYTES];
        int word = 0;
        for (ProgramImage.FunctionStart start : image.functions()) {
            records[word++] = start.slot();
            records[word++] = object.functions().get(start.function()).typeId();
        }
        attr.set(ProgLoad.FUNC_INFO_REC_SIZE, FUNCTION_BYTES)
                .set(ProgLoad.FUNC_INFO, arena.allocateFrom(ValueLayout.JAVA_INT, records))
                .set(ProgLoad.FUNC_INFO_CNT, count);
    }

    private void lines(ProgramImage image, BpfAttr attr, Arena arena) {
        int count = image.lines().size();
        int[] records = new int[count * LINE_BYTES / Integer.BYTES];
        int word = 0;
        for (FunctionSpec.Line line : image.lines()) {
            records[word++] = line.slot();
            records[word++] = types.stringOffset(line.file());
            records[word++] = types.stringOffset(line.text());
            records[word++] = line.line() << COLUMN_BITS | Math.min(line.column(), MAXIMUM_COLUMN);
        }
        attr.set(ProgLoad.LINE_INFO_REC_SIZE, LINE_BYTES)
                .set(ProgLoad.LINE_INFO, arena.allocateFrom(ValueLayout.JAVA_INT, records))
                .set(ProgLoad.LINE_INFO_CNT, count);
    }
}
