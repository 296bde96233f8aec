package dev.skep.verifier.transfer;

import dev.skep.verifier.Cause;
import dev.skep.verifier.Refusal;
import dev.skep.verifier.scalar.RangeText;
import dev.skep.verifier.scalar.Tnum;
import dev.skep.verifier.value.Pointer;
import dev.skep.verifier.value.Region;

/** Accesses at multiples of their size, where that is asked for ({@code check_ptr_alignment}). */
final class Alignment {
    /** Packets are placed so that the IP header is aligned ({@code NET_IP_ALIGN}). */
    private static final int NET_IP_ALIGN = 2;

    private final Environment environment;

    Alignment(Environment environment) {
        this.environment = environment;
    }

    /** @param alwaysStrict the access must be aligned whatever the machine, as atomic ones must */
    void check(Pointer pointer, int register, int offset, int size, boolean alwaysStrict) {
        boolean strict = alwaysStrict || environment.options().strictAlignment();
        switch (pointer.region()) {
            case Region.Packet packet -> checkPacket(pointer, register, offset, size, strict);
            case Region.Arena arena -> {}
            case Region.Stack stack -> check(pointer, register, offset, size, true, "stack ");
            case Region.Context context -> check(pointer, register, offset, size, strict, "context ");
            case Region.MapValue value -> check(pointer, register, offset, size, strict, "value ");
            case Region.MapKey key -> check(pointer, register, offset, size, strict, "key ");
            case Region.FlowKeys keys -> check(pointer, register, offset, size, strict, "flow keys ");
            case Region.Socket socket -> check(pointer, register, offset, size, strict, "sock ");
            default -> check(pointer, register, offset, size, strict, "");
        }
    }

    private static void check(Pointer pointer, int register, int offset, int size, boolean strict, String what) {
        if (!strict || size == 1) {
            return;
        }
        Tnum place = pointer.variable().bits().add(Tnum.of((long) pointer.offset() + offset));
        if (!place.isAligned(size)) {
            throw Refusal.ofRegister(
                    pointer.isStack() ? Cause.STACK_ACCESS : Cause.MISALIGNED_ACCESS,
                    register,
                    "misaligned %saccess off %s+%d+%d size %d"
                            .formatted(what, RangeText.of(pointer.variable().bits()), pointer.offset(), offset, size));
        }
    }

    private static void checkPacket(Pointer pointer, int register, int offset, int size, boolean strict) {
        if (!strict || size == 1) {
            return;
        }
        Tnum place = pointer.variable().bits().add(Tnum.of((long) NET_IP_ALIGN + pointer.offset() + offset));
        if (!place.isAligned(size)) {
            throw Refusal.ofRegister(
                    Cause.MISALIGNED_ACCESS,
                    register,
                    "misaligned packet access off %d+%s+%d+%d size %d"
                            .formatted(
                                    NET_IP_ALIGN,
                                    RangeText.of(pointer.variable().bits()),
                                    pointer.offset(),
                                    offset,
                                    size));
        }
    }
}
