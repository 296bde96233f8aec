package dev.skep.linux.usdt;

import dev.skep.linux.usdt.ArgumentPlace.Constant;
import dev.skep.linux.usdt.ArgumentPlace.IndexedMemory;
import dev.skep.linux.usdt.ArgumentPlace.Memory;
import dev.skep.linux.usdt.ArgumentPlace.Register;
import dev.skep.object.InputException;
import dev.skep.object.Location;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Optional;

/**
 * The two layouts of {@code struct __bpf_usdt_spec}, which libbpf's usdt.bpf.h compiles into a program's map: up to 12
 * arguments, a cookie (8 bytes) and the number of arguments (2, padded to 8).
 */
public enum UsdtSpecLayout {
    /**
     * Up to libbpf 1.6. {@code struct __bpf_usdt_arg_spec}: {@code u64 val_off; enum arg_type; short reg_off; bool
     * arg_signed; char arg_bitshift}.
     */
    WITHOUT_INDEX(16, 12),
    /**
     * Since libbpf 1.7: {@code u64 val_off; arg_type:8; u16 idx_reg_off:12, scale_bitshift:4; u8 reserved; short
     * reg_off; bool arg_signed; char arg_bitshift}, with {@code idx_reg_off} at byte 10.
     */
    WITH_INDEX(24, 14);

    /** {@code BPF_USDT_MAX_ARG_CNT}. */
    static final int MAX_ARGUMENTS = 12;

    // enum __bpf_usdt_arg_type
    private static final byte CONST = 0;
    private static final byte REG = 1;
    private static final byte REG_DEREF = 2;
    private static final byte SIB = 3;

    private static final int TYPE_OFFSET = 8;
    private static final int INDEX_OFFSET = 10;
    private static final int SCALE_SHIFT = 12;

    private final int argumentSize;
    private final int registerOffset;

    UsdtSpecLayout(int argumentSize, int registerOffset) {
        this.argumentSize = argumentSize;
        this.registerOffset = registerOffset;
    }

    /** Bytes of the whole, which is how the two are told apart. */
    public int size() {
        return MAX_ARGUMENTS * argumentSize + 2 * Long.BYTES;
    }

    /** The one of a map with values of this size. */
    public static Optional<UsdtSpecLayout> ofSize(int valueSize) {
        for (UsdtSpecLayout layout : values()) {
            if (layout.size() == valueSize) {
                return Optional.of(layout);
            }
        }
        return Optional.empty();
    }

    /**
     * What the program is to find in its map.
     *
     * @param where the probe, for messages
     * @throws InputException if the layout has no room for the arguments
     */
    public byte[] encode(List<UsdtArgument> arguments, long cookie, Location where) {
        if (arguments.size() > MAX_ARGUMENTS) {
            throw new InputException(
                    where, "the probe has " + arguments.size() + " arguments", "programs can fetch 12");
        }
        ByteBuffer out = ByteBuffer.allocate(size()).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < arguments.size(); i++) {
            encode(arguments.get(i), out, i * argumentSize, where);
        }
        out.putLong(MAX_ARGUMENTS * argumentSize, cookie);
        out.putShort(MAX_ARGUMENTS * argumentSize + Long.BYTES, (short) arguments.size());
        return out.array();
    }

    private void encode(UsdtArgument argument, ByteBuffer out, int at, Location where) {
        switch (argument.place()) {
            case Constant(long value) -> place(out, at, CONST, value, 0);
            case Register(Registers.Part register) -> place(out, at, REG, 0, register.offset());
            case Memory(Registers.Part base, long displacement) ->
                place(out, at, REG_DEREF, displacement, base.offset());
            case IndexedMemory(Registers.Part base, Registers.Part index, int scale, long displacement) -> {
                if (this == WITHOUT_INDEX) {
                    throw new InputException(
                            where,
                            "an argument is in memory at a base and an index register (%" + index.name() + ")",
                            "to fetch it, compile the program with the usdt.bpf.h of libbpf 1.7");
                }
                place(out, at, SIB, displacement, base.offset());
                int shift = Integer.numberOfTrailingZeros(scale);
                out.putShort(at + INDEX_OFFSET, (short) (index.offset() | shift << SCALE_SHIFT));
            }
        }
        out.put(at + registerOffset + Short.BYTES, (byte) (argument.signed() ? 1 : 0));
        out.put(at + registerOffset + Short.BYTES + 1, (byte) argument.unusedBits());
    }

    private void place(ByteBuffer out, int at, byte type, long value, int register) {
        out.putLong(at, value).put(at + TYPE_OFFSET, type).putShort(at + registerOffset, (short) register);
    }
}
