package dev.skep.trace.run;

import dev.skep.object.Bytes;
import dev.skep.object.host.LoadedObject;
import dev.skep.object.map.MapType;
import dev.skep.trace.plan.PlannedProbe;
import dev.skep.trace.plan.RecordLayout;
import dev.skep.trace.plan.TracePlan;
import dev.skep.trace.print.Symbols;
import dev.skep.trace.record.Entry;
import dev.skep.trace.record.RecordingWriter;
import dev.skep.trace.system.Machine;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

/** Reads what programs record, on a thread of its own, and writes it down. */
final class Recorder implements EventRing.Reader, AutoCloseable {
    private static final ValueLayout.OfLong I64 = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final Duration TURN = Duration.ofMillis(50);
    /** {@code BPF_F_USER_STACK} of linux/bpf.h. */
    private static final long USER_STACK = 1 << 8;

    private final TracePlan plan;
    private final LoadedObject loaded;
    private final EventRing ring;
    private final Symbols symbols;
    private final Machine machine;
    private final RecordingWriter writer;
    private final List<Integer> occurrences = new ArrayList<>();
    private final List<String> stackMaps;
    private final AtomicReference<RuntimeException> failure = new AtomicReference<>();
    private final Thread thread;
    private volatile boolean stopped;

    Recorder(
            TracePlan plan,
            LoadedObject loaded,
            EventRing ring,
            Symbols symbols,
            Machine machine,
            RecordingWriter writer) {
        this.plan = plan;
        this.loaded = loaded;
        this.ring = ring;
        this.symbols = symbols;
        this.machine = machine;
        this.writer = writer;
        this.stackMaps = plan.object().maps().stream()
                .filter(map -> map.type() == MapType.STACK_TRACE)
                .map(map -> map.name())
                .toList();
        List<String> names = plan.probes().stream().map(PlannedProbe::name).toList();
        for (int i = 0; i < names.size(); i++) {
            String name = names.get(i);
            occurrences.add(
                    (int) names.subList(0, i).stream().filter(name::equals).count());
        }
        this.thread = Thread.ofPlatform().daemon().name("recorder").start(this::run);
    }

    private void run() {
        try {
            while (!stopped) {
                if (ring.await(TURN)) {
                    ring.drain(this);
                }
            }
            while (ring.drain(this) > 0) {}
        } catch (RuntimeException e) {
            failure.set(e);
        }
    }

    @Override
    public void accept(MemorySegment memory, long at, int length) {
        long sequence = memory.get(I64, at + RecordLayout.SEQUENCE);
        switch ((int) memory.get(I64, at + RecordLayout.KIND)) {
            case (int) RecordLayout.EVENT -> writer.write(event(sequence, memory, at, length));
            case (int) RecordLayout.READ -> writer.write(read(sequence, memory, at, length));
            case (int) RecordLayout.CALL ->
                writer.write(new Entry.Call(
                        sequence,
                        (int) memory.get(I64, at + RecordLayout.HELPER),
                        memory.get(I64, at + RecordLayout.RESULT)));
            case (int) RecordLayout.STACK -> writer.write(stack(sequence, memory, at));
            default -> writer.write(new Entry.Exit(sequence));
        }
    }

    private Entry event(long sequence, MemorySegment memory, long at, int length) {
        int program = (int) memory.get(I64, at + RecordLayout.PROGRAM);
        long owner = memory.get(I64, at + RecordLayout.OWNER);
        machine.userName(owner & 0xffff_ffffL);
        Entry.Task task = new Entry.Task(
                memory.get(I64, at + RecordLayout.PROCESS),
                owner,
                text(bytes(memory, at + RecordLayout.COMM, RecordLayout.COMM_BYTES)),
                memory.get(I64, at + RecordLayout.GROUP),
                memory.get(I64, at + RecordLayout.TASK),
                (int) memory.get(I64, at + RecordLayout.CPU));
        return new Entry.Event(
                sequence,
                plan.probes().get(program).name(),
                occurrences.get(program),
                memory.get(I64, at + RecordLayout.TIME),
                task,
                memory.get(I64, at + RecordLayout.CONTEXT_ADDRESS),
                Bytes.of(bytes(memory, at + RecordLayout.CONTEXT, length - RecordLayout.CONTEXT)));
    }

    private static Entry read(long sequence, MemorySegment memory, long at, int length) {
        long result = memory.get(I64, at + RecordLayout.RESULT);
        long wanted = memory.get(I64, at + RecordLayout.LENGTH);
        // Of texts, what is behind the end was there before.
        long there = result < 0 ? 0 : result > 0 ? Math.min(result, wanted) : wanted;
        int bytes = (int) Math.min(there, length - RecordLayout.CONTENT);
        return new Entry.Read(
                sequence,
                (int) memory.get(I64, at + RecordLayout.HELPER),
                memory.get(I64, at + RecordLayout.ADDRESS),
                result,
                Bytes.of(bytes(memory, at + RecordLayout.CONTENT, bytes)));
    }

    /** The frames are named at once: the process may be gone later. */
    private Entry stack(long sequence, MemorySegment memory, long at) {
        boolean user = (memory.get(I64, at + RecordLayout.FLAGS) & USER_STACK) != 0;
        long slot = memory.get(I64, at + RecordLayout.RESULT);
        int process = (int) (memory.get(I64, at + RecordLayout.STACK_PROCESS) >>> Integer.SIZE);
        List<Long> frames = new ArrayList<>();
        if (slot >= 0) {
            String map = stackMaps.get((int) memory.get(I64, at + RecordLayout.MAP));
            for (long frame : StackFrames.of(loaded, map, (int) slot)) {
                frames.add(frame);
            }
            // Zeros in between belong to a stack, as what tells it apart from others.
            while (!frames.isEmpty() && frames.getLast() == 0) {
                frames.removeLast();
            }
            for (long frame : frames) {
                if (user) {
                    symbols.user(process, frame);
                } else {
                    symbols.kernel(frame);
                }
            }
        }
        return new Entry.Stack(sequence, user, slot, frames);
    }

    private static byte[] bytes(MemorySegment memory, long at, int length) {
        return memory.asSlice(at, length).toArray(ValueLayout.JAVA_BYTE);
    }

    private static String text(byte[] bytes) {
        int end = 0;
        while (end < bytes.length && bytes[end] != 0) {
            end++;
        }
        return new String(bytes, 0, end, StandardCharsets.UTF_8);
    }

    private long lost() {
        return Globals.find(plan.object(), loaded, RecordLayout.UNRECORDED_GLOBAL)
                .map(counter -> counter.read().getLong())
                .orElse(0L);
    }

    /** Writes the last records, and the end. @throws RuntimeException if a record could not be written */
    @Override
    public void close() {
        stopped = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        RuntimeException failed = failure.get();
        if (failed != null) {
            throw failed;
        }
        writer.end(lost());
        ring.close();
    }
}
