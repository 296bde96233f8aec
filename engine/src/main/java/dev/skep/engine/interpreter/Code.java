package dev.skep.engine.interpreter;

import dev.skep.engine.helper.Helper;
import dev.skep.engine.map.ProgramReference;
import dev.skep.object.Location;
import dev.skep.object.image.ProgramImage;
import dev.skep.object.instruction.Instruction;
import dev.skep.object.program.ProgramSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A program decoded for the interpreter. One word for each 8-byte slot: bits 0-7 an {@link Op}, then destination register (4
 * bits), source register (4), offset (16), immediate (32), as the RFC encodes them. The second slot of {@code lddw} keeps its
 * place, so that positions count as everywhere else.
 */
public final class Code implements ProgramReference {
    final long[] words;
    /** The opcodes as encoded, for operations that cover several. */
    final byte[] opcodes;
    /** What {@link Op#CALL_HELPER} calls, by its immediate. */
    final Helper[] helpers;

    private final ProgramImage image;
    private final CallTargets targets;
    private final long text;
    private @Nullable Translation translation;

    private Code(
            ProgramImage image, long[] words, byte[] opcodes, List<Helper> helpers, CallTargets targets, long text) {
        this.image = image;
        this.words = words;
        this.opcodes = opcodes;
        this.helpers = helpers.toArray(Helper[]::new);
        this.targets = targets;
        this.text = text;
    }

    /**
     * Decodes a program.
     *
     * @param image passed {@link ProgramCheck}; every reference is filled in
     * @param targets what its calls go to
     * @param checked makes every access to memory be judged first
     * @param observed makes every conditional jump be shown to the CPU's observer
     * @param text where function addresses of this program start: slot {@code n} has the address {@code text + 8 * n}
     * @throws dev.skep.object.InputException if a call goes nowhere
     */
    public static Code of(ProgramImage image, CallTargets targets, boolean checked, boolean observed, long text) {
        Decoder decoder = new Decoder(checked, observed);
        long[] words = new long[image.instructions().slotCount()];
        byte[] opcodes = new byte[words.length];
        List<Helper> helpers = new ArrayList<>();
        int slot = 0;
        for (Instruction instruction : image.instructions()) {
            int operation = decoder.operation(instruction);
            Instruction decoded = instruction;
            if (operation == Op.CALL_HELPER) {
                decoded = instruction.withImm(helpers.size());
                helpers.add(targets.target(slot, instruction));
            }
            words[slot] = Decoder.word(operation, decoded);
            opcodes[slot] = (byte) instruction.opcode();
            if (instruction.isWide()) {
                words[slot + 1] = (long) instruction.nextImm() << 32;
            }
            slot += instruction.slots();
        }
        return new Code(image, words, opcodes, helpers, targets, text);
    }

    @Override
    public ProgramSpec spec() {
        return image.spec();
    }

    /** What it was decoded from. */
    public ProgramImage image() {
        return image;
    }

    /** Has the program run in another form from now on. Comes before its first run. */
    public void translateTo(Translation newTranslation) {
        unload();
        translation = newTranslation;
    }

    /** The program is unloaded. Prog arrays that hold it may still call it; then it is interpreted. */
    public void unload() {
        Translation old = translation;
        translation = null;
        if (old != null) {
            old.close();
        }
    }

    /** The form the JIT gave it; null if the interpreter runs it. */
    @Nullable
    Translation translation() {
        return translation;
    }

    /** True if the JIT has translated it. */
    public boolean isTranslated() {
        return translation != null;
    }

    /** The slot of the function with this address, or -1 if it is none of this program's. */
    int functionAt(long address) {
        long distance = address - text;
        if (distance < 0 || distance % 8 != 0 || distance / 8 >= words.length) {
            return -1;
        }
        int slot = (int) (distance / 8);
        return functionOf(slot) == slot ? slot : -1;
    }

    /** The helper with this number, for {@code callx}. */
    Optional<Helper> helper(int number) {
        return targets.helper(number);
    }

    /** The instruction at {@code slot}, for messages: program, instruction, source line. */
    Location location(int slot) {
        return SourceLines.location(image, slot);
    }

    /** Where the function that {@code slot} belongs to starts. */
    private int functionOf(int slot) {
        int start = 0;
        for (ProgramImage.FunctionStart function : image.functions()) {
            start = function.slot() <= slot ? function.slot() : start;
        }
        return start;
    }
}
