package dev.skep.compiler.java.samples;

import dev.skep.lang.Configurable;
import dev.skep.lang.Length;
import dev.skep.lang.Struct;
import dev.skep.lang.context.XdpContext;
import dev.skep.lang.kernel.KernelStruct;
import dev.skep.lang.map.ArrayMap;
import dev.skep.lang.map.HashMap;
import dev.skep.lang.program.Xdp;

/** Declarations that mean nothing in BPF. Tests name the lines: change it at its end only. */
@SuppressWarnings("NullAway.Init")
public final class RefusedDeclarations {
    /** Its size is not known. */
    static final class Unsized extends Struct {
        byte[] bytes = new byte[4];
    }

    /** It would be endless. */
    static final class Endless extends Struct {
        Endless next;
    }

    /** C knows no such field. */
    static final class Fractions extends Struct {
        double half;

        @Length(2)
        int[] numbers = new int[2];
    }

    /** It belongs to the kernel. */
    abstract static class Task extends KernelStruct {
        int pid;
    }

    @SuppressWarnings("rawtypes")
    static final HashMap untyped = new HashMap(4);

    static final HashMap<Integer, String> texts = new HashMap<>(4);
    static final ArrayMap<Long> empty = new ArrayMap<>(0);
    static final String GREETING = String.valueOf(1);

    @Configurable
    static final long LIMIT = 5;

    private RefusedDeclarations() {}

    @Xdp
    static int structs(XdpContext ctx) {
        Unsized unsized = new Unsized();
        Endless endless = new Endless();
        Fractions fractions = new Fractions();
        return unsized.bytes.length + (endless == null ? 1 : 0) + fractions.numbers[ctx.rx_queue_index];
    }

    @Xdp
    static int writes(Task task) {
        task.pid = 1;
        return GREETING.length();
    }
}
