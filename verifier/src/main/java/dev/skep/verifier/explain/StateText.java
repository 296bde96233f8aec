package dev.skep.verifier.explain;

import dev.skep.verifier.program.MapDescriptor;
import dev.skep.verifier.scalar.RangeText;
import dev.skep.verifier.state.Frame;
import dev.skep.verifier.state.SlotByte;
import dev.skep.verifier.state.StackObject;
import dev.skep.verifier.state.StackSlot;
import dev.skep.verifier.value.Pointer;
import dev.skep.verifier.value.Region;
import dev.skep.verifier.value.Scalar;
import dev.skep.verifier.value.TypeName;
import dev.skep.verifier.value.Value;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.StringJoiner;

/** Writes values and frames in the notation of the kernel's log ({@code print_verifier_state} in kernel/bpf/log.c, 6.18). */
public final class StateText {
    private StateText() {}

    /** What is known in a frame: registers first, then the stack from high to low. */
    public static SequencedMap<String, String> of(Frame frame) {
        SequencedMap<String, String> state = new LinkedHashMap<>();
        for (int register = 0; register < Frame.REGISTERS; register++) {
            Value value = frame.register(register);
            if (!value.isUninitialized()) {
                state.put("R" + register, of(value, frame.depth()));
            }
        }
        for (int index = 0; index < frame.stackSlots(); index++) {
            StackSlot slot = frame.slot(index);
            if (!slot.isEmpty()) {
                String text = slot(slot, frame.depth());
                if (!text.isEmpty()) {
                    state.put("fp" + Frame.offsetOf(index), text);
                }
            }
        }
        return state;
    }

    private static String slot(StackSlot slot, int depth) {
        if (slot.object().isPresent()) {
            return object(slot.object().get());
        }
        if (!slot.hasSpill()) {
            return slot.letters();
        }
        StringBuilder above = new StringBuilder();
        for (int i = StackSlot.SIZE - 1; i >= 0 && slot.at(i) != SlotByte.SPILL; i--) {
            above.append(slot.at(i).letter());
        }
        return above + of(slot.spilled(), depth);
    }

    /** Only the part with the lowest address is shown. */
    private static String object(StackObject object) {
        return switch (object) {
            case StackObject.Dynptr dynptr
            when dynptr.first() ->
                "dynptr_" + dynptr.kind().kernelName() + "(id=" + dynptr.id()
                        + (dynptr.referenceId() == 0 ? "" : ",ref_id=" + dynptr.referenceId()) + ")";
            case StackObject.Iterator iterator
            when iterator.first() ->
                "iter_" + iterator.type().name().replaceFirst("^bpf_iter_", "") + "(ref_id=" + iterator.referenceId()
                        + ",state=" + (iterator.drained() ? "drained" : "active") + ",depth=" + iterator.depth() + ")";
            case StackObject.IrqFlag flag -> "irq_flag(ref_id=" + flag.referenceId() + ")";
            default -> "";
        };
    }

    /** What is known of a value. @param depth of the frame it is in */
    public static String of(Value value, int depth) {
        return switch (value) {
            case Scalar scalar -> scalar(scalar);
            case Pointer pointer -> pointer(pointer, depth);
            default -> "?";
        };
    }

    private static String scalar(Scalar scalar) {
        String range = RangeText.of(scalar.range());
        if (scalar.isConstant()) {
            return range;
        }
        StringJoiner parts = new StringJoiner(",", "scalar(", ")");
        if (scalar.id() != 0) {
            parts.add("id=" + scalar.id() + (scalar.linked() ? (scalar.delta() < 0 ? "" : "+") + scalar.delta() : ""));
        }
        if (!range.isEmpty()) {
            parts.add(range);
        }
        return parts.toString();
    }

    private static String pointer(Pointer pointer, int depth) {
        String name = TypeName.of(pointer);
        if (pointer.region() instanceof Region.Stack(int frame)) {
            String in = frame == depth ? "" : "[" + frame + "]";
            if (pointer.hasConstantOffset()) {
                return name + in + pointer.constantOffset();
            }
            name += in;
        }
        if (pointer.region() instanceof Region.Arena) {
            return name;
        }
        StringJoiner parts = new StringJoiner(",", name + "(", ")");
        if (pointer.id() != 0) {
            parts.add("id=" + pointer.id());
        }
        if (pointer.referenceId() != 0) {
            parts.add("ref_obj_id=" + pointer.referenceId());
        }
        region(pointer, parts);
        if (!pointer.hasConstantOffset()) {
            String range = RangeText.of(pointer.variable());
            if (!range.isEmpty()) {
                parts.add(range);
            }
        } else if (pointer.variable().constant() != 0) {
            parts.add("imm=" + pointer.variable().constant());
        }
        return parts.toString();
    }

    /** What a kind of memory has of its own, in the log's order. */
    private static void region(Pointer pointer, StringJoiner parts) {
        switch (pointer.region()) {
            case Region.MapValue value -> map(value.map(), parts);
            case Region.MapObject object -> map(object.map(), parts);
            case Region.MapKey key -> map(key.map(), parts);
            default -> {
                // nothing of its own before the offset
            }
        }
        if (pointer.offset() != 0) {
            parts.add("off=" + pointer.offset());
        }
        if (pointer.isPacket()) {
            parts.add("r=" + pointer.available());
        }
        if (pointer.region() instanceof Region.Memory memory) {
            parts.add("sz=" + memory.size());
        }
    }

    private static void map(MapDescriptor map, StringJoiner parts) {
        parts.add("map=" + map.name()).add("ks=" + map.keySize()).add("vs=" + map.valueSize());
    }
}
