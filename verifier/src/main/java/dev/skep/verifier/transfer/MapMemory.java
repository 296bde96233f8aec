package dev.skep.verifier.transfer;

import dev.skep.object.Bytes;
import dev.skep.object.map.MapSpec;
import dev.skep.verifier.Cause;
import dev.skep.verifier.Refusal;
import dev.skep.verifier.program.MapDescriptor;
import dev.skep.verifier.program.SpecialField;
import dev.skep.verifier.state.ProgramState;
import dev.skep.verifier.value.Pointer;
import dev.skep.verifier.value.Region;
import dev.skep.verifier.value.Scalar;
import dev.skep.verifier.value.Value;

/** Accesses to map values ({@code check_map_access}): inside the value, not to what is the kernel's in it. */
final class MapMemory {
    private final Environment environment;
    private final KernelPointers kernelPointers;

    MapMemory(Environment environment) {
        this.environment = environment;
        kernelPointers = new KernelPointers(environment);
    }

    Value access(ProgramState state, Access access, Pointer pointer, Region.MapValue region) {
        if (pointer.maybeNull()) {
            throw Memory.invalid(access, pointer);
        }
        MapDescriptor map = region.map();
        Memory.checkNoLeak(state, environment, access, "map");
        checkDirection(access, map, access.offset() + pointer.offset());
        Bounds.check(pointer, access.register(), access.offset(), access.size(), map.valueSize(), false);
        for (SpecialField field : map.fields()) {
            if (overlaps(pointer, access.offset(), access.size(), field)) {
                if (field.kind().isKptr()) {
                    return kernelPointers.access(state, access, pointer, field);
                }
                throw belongsToKernel(access.register(), field);
            }
        }
        return access.writes() ? Scalar.UNKNOWN : load(access, pointer, map);
    }

    /**
     * Checks that a pointer stays in the value, and out of what is the kernel's in it, wherever it may be.
     *
     * @throws Refusal if not
     */
    static void checkByte(Pointer pointer, int register, MapDescriptor map) {
        Bounds.check(pointer, register, 0, 1, map.valueSize(), false);
        map.fields().stream()
                .filter(field -> overlaps(pointer, 0, 1, field))
                .findFirst()
                .ifPresent(field -> {
                    throw belongsToKernel(register, field);
                });
    }

    private static Refusal belongsToKernel(int register, SpecialField field) {
        return Refusal.ofRegister(
                Cause.SPECIAL_FIELD, register, field.kind().typeName() + " cannot be accessed directly by load/store");
    }

    private static boolean overlaps(Pointer pointer, int offset, int size, SpecialField field) {
        long base = (long) offset + pointer.offset();
        long first = base + pointer.variable().smin();
        long end = base + pointer.variable().umax() + size;
        return first < field.end() && field.offset() < end;
    }

    static void checkDirection(Access access, MapDescriptor map, int offset) {
        if (access.writes() && !map.writable()) {
            throw Refusal.ofRegister(
                    Cause.READ_ONLY_MEMORY,
                    access.register(),
                    "write into map forbidden, value_size=%d off=%d size=%d"
                            .formatted(map.valueSize(), offset, access.size()));
        }
        if (!access.writes() && !map.readable()) {
            throw Refusal.ofRegister(
                    Cause.READ_ONLY_MEMORY,
                    access.register(),
                    "read from map forbidden, value_size=%d off=%d size=%d"
                            .formatted(map.valueSize(), offset, access.size()));
        }
    }

    /** A load from frozen data gives a known number. */
    private static Value load(Access access, Pointer pointer, MapDescriptor map) {
        if (map.spec().role() != MapSpec.Role.RODATA || !pointer.hasConstantOffset()) {
            return Scalar.UNKNOWN;
        }
        int offset = (int) (access.offset() + pointer.constantOffset());
        Bytes contents = map.spec().contents();
        long number = 0;
        for (int i = access.size() - 1; i >= 0; i--) {
            int at = offset + i;
            number = number << 8 | (at < contents.length() ? contents.at(at) & 0xff : 0);
        }
        return Scalar.constant(number);
    }
}
