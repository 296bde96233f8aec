package dev.skep.bench.code;

import dev.skep.bench.code.program.Calls;
import dev.skep.bench.code.program.Jhash;
import dev.skep.bench.code.program.Log2;
import dev.skep.bench.code.program.Lpm;
import dev.skep.bench.code.program.MapArray;
import dev.skep.bench.code.program.MapHash;
import dev.skep.bench.code.program.Matrix;
import dev.skep.bench.code.program.PacketForward;
import dev.skep.bench.code.program.Ringbuf;
import dev.skep.bench.code.program.Strcmp;
import dev.skep.bench.code.program.SwitchMachine;
import java.nio.file.Path;
import java.util.List;

/**
 * A program twice.
 *
 * @param name of the C source in {@code bench/src/main/c/vm}, whose object clang made
 * @param java the class with the same program
 */
record CodePair(String name, Class<?> java) {
    static final List<CodePair> ALL = List.of(
            new CodePair("log2", Log2.class),
            new CodePair("jhash", Jhash.class),
            new CodePair("matrix", Matrix.class),
            new CodePair("calls", Calls.class),
            new CodePair("strcmp", Strcmp.class),
            new CodePair("switch", SwitchMachine.class),
            new CodePair("packet", PacketForward.class),
            new CodePair("map_hash", MapHash.class),
            new CodePair("map_array", MapArray.class),
            new CodePair("lpm", Lpm.class),
            new CodePair("ringbuf", Ringbuf.class));

    /** Where clang's object is. */
    Path object(Path root) {
        return root.resolve("bench/src/main/c/vm/" + name + ".bpf.o");
    }
}
