package dev.skep.linux.program;

import dev.skep.linux.bpf.BpfAttr;
import dev.skep.linux.bpf.BpfAttrLayout;
import dev.skep.linux.bpf.BpfCommand;
import dev.skep.object.Bytes;
import dev.skep.object.host.Program.Input;
import dev.skep.object.host.Program.Outcome;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** {@code BPF_PROG_TEST_RUN}: one run of a program on made-up input. */
final class TestRun {
    /** Room for what a program adds to a packet. */
    private static final int GROWTH = 4096;

    private final LinuxProgram program;

    TestRun(LinuxProgram program) {
        this.program = program;
    }

    Outcome run(Input input) {
        byte[] data = input.data().toArray();
        byte[] context = input.context().toArray();
        try (Arena arena = Arena.ofConfined();
                BpfAttr attr = BpfAttr.take()) {
            attr.set(BpfAttrLayout.TestRun.PROG_FD, program.descriptor().number());
            MemorySegment dataOut = MemorySegment.NULL;
            MemorySegment contextOut = MemorySegment.NULL;
            if (data.length > 0) {
                dataOut = arena.allocate(data.length + GROWTH);
                attr.set(BpfAttrLayout.TestRun.DATA_IN, arena.allocateFrom(ValueLayout.JAVA_BYTE, data))
                        .set(BpfAttrLayout.TestRun.DATA_SIZE_IN, data.length)
                        .set(BpfAttrLayout.TestRun.DATA_OUT, dataOut)
                        .set(BpfAttrLayout.TestRun.DATA_SIZE_OUT, dataOut.byteSize());
            }
            if (context.length > 0) {
                contextOut = arena.allocate(context.length);
                attr.set(BpfAttrLayout.TestRun.CTX_IN, arena.allocateFrom(ValueLayout.JAVA_BYTE, context))
                        .set(BpfAttrLayout.TestRun.CTX_SIZE_IN, context.length)
                        .set(BpfAttrLayout.TestRun.CTX_OUT, contextOut)
                        .set(BpfAttrLayout.TestRun.CTX_SIZE_OUT, context.length);
            }
            attr.expect(BpfAttrLayout.TestRun.CTX_OUT);
            attr.call(BpfCommand.PROG_TEST_RUN, "test-run program " + program.spec().name());
            return new Outcome(
                    attr.get(BpfAttrLayout.TestRun.RETVAL),
                    bytes(dataOut, attr.get(BpfAttrLayout.TestRun.DATA_SIZE_OUT)),
                    bytes(contextOut, attr.get(BpfAttrLayout.TestRun.CTX_SIZE_OUT)));
        }
    }

    private static Bytes bytes(MemorySegment memory, long length) {
        return Bytes.of(memory.asSlice(0, Math.min(length, memory.byteSize())).toArray(ValueLayout.JAVA_BYTE));
    }
}
