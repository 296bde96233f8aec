package dev.skep.engine.interpreter;

import dev.skep.engine.helper.Helper;
import dev.skep.object.Location;
import dev.skep.object.image.ProgramImage;
import dev.skep.object.program.FunctionSpec;
import java.util.List;

/**
 * A program decoded for the interpreter. One word for each 8-byte slot: bits 0-7 an {@link Op}, then destination register (4
 * bits), source register (4), offset (16), immediate (32), as the RFC encodes them. The second slot of {@code lddw} keeps its
 * place, so that positions count as everywhere else.
 */
final class Code {
    final long[] words;
    /** The opcodes as encoded, for operations that cover several. */
    final byte[] opcodes;
    /** What {@link Op#CALL_HELPER} calls, by its immediate. */
    final Helper[] helpers;
    /** Where function addresses of this program start: slot {@code n} has the address {@code text + 8 * n}. */
    final long text;

    private final ProgramImage image;

    Code(ProgramImage image, long[] words, byte[] opcodes, Helper[] helpers, long text) {
        this.image = image;
        this.words = words;
        this.opcodes = opcodes;
        this.helpers = helpers;
        this.text = text;
    }

    String name() {
        return image.spec().name();
    }

    /** The slot of the function with this address, or -1 if it is none of this program's. */
    int functionAt(long address) {
        long distance = address - text;
        if (distance < 0 || distance % 8 != 0 || distance / 8 >= words.length) {
            return -1;
        }
        int slot = (int) (distance / 8);
        return functionOf(slot).slot() == slot ? slot : -1;
    }

    /** The instruction at {@code slot}, for messages: program, instruction, source line. */
    Location location(int slot) {
        Location location = Location.in(name()).instruction(slot);
        List<FunctionSpec.Line> lines = image.lines();
        int low = 0;
        int high = lines.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (lines.get(middle).slot() <= slot) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        boolean known = low > 0 && lines.get(low - 1).slot() >= functionOf(slot).slot();
        return known ? location.line(text(lines.get(low - 1))) : location;
    }

    private static String text(FunctionSpec.Line line) {
        String place = line.file() + ":" + line.line();
        return line.column() == 0 ? place : place + ":" + line.column();
    }

    private ProgramImage.FunctionStart functionOf(int slot) {
        ProgramImage.FunctionStart found = image.functions().getFirst();
        for (ProgramImage.FunctionStart start : image.functions()) {
            if (start.slot() <= slot) {
                found = start;
            }
        }
        return found;
    }
}
