package dev.skep.replay;

import dev.skep.engine.Execution;
import dev.skep.engine.RunObserver;
import dev.skep.engine.map.StackTraceMap;
import dev.skep.engine.memory.Sandbox;
import dev.skep.object.host.Errno;
import dev.skep.object.program.HelperId;
import dev.skep.trace.plan.RecordedHelpers;
import dev.skep.trace.record.Entry;
import dev.skep.trace.record.RecordedEvent;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Answers what programs ask the kernel out of the recording of one event after the other. What is not in it is counted. */
final class RecordedAnswers implements RunObserver {
    /** {@code BPF_F_USER_STACK} of linux/bpf.h. */
    private static final long USER_STACK = 1 << 8;

    private final Entry.Origin origin;
    private final Missing missing;
    private final Map<Integer, Deque<Long>> calls = new HashMap<>();
    private final Map<List<Long>, List<Long>> numbersOfStacks = new HashMap<>();
    private RecordedEvent event;
    private RecordedMemory memory;

    RecordedAnswers(Entry.Origin origin, RecordedEvent first, Missing missing) {
        this.origin = origin;
        this.missing = missing;
        this.event = first;
        this.memory = new RecordedMemory(first.reads());
    }

    /** The event that the next run is of. */
    void turnTo(RecordedEvent next) {
        event = next;
        memory = new RecordedMemory(next.reads());
        calls.clear();
        for (Entry.Call call : next.calls()) {
            calls.computeIfAbsent(call.helper(), _ -> new ArrayDeque<>()).add(call.result());
        }
    }

    @Override
    public boolean answersAlways(HelperId helper) {
        return !RecordedHelpers.isKnown(helper)
                && !(RecordedHelpers.filled(helper).isPresent() && helper != HelperId.D_PATH);
    }

    @Override
    public OptionalLong answers(Execution run, int slot, HelperId helper, long r1, long r2, long r3) {
        return switch (helper) {
            case GET_SMP_PROCESSOR_ID -> OptionalLong.of(event.event().task().cpu());
            case PROBE_READ, PROBE_READ_USER, PROBE_READ_KERNEL ->
                read(run, helper, r1, (int) r2, r3, memory.bytes(r3, (int) r2));
            case PROBE_READ_STR, PROBE_READ_USER_STR, PROBE_READ_KERNEL_STR ->
                read(run, helper, r1, (int) r2, r3, memory.text(r3, (int) r2));
            case D_PATH -> OptionalLong.of(fill(run, helper, r2, (int) r3, memory.exactly(helper.number(), r1)));
            case GET_STACKID -> OptionalLong.of(stack(run, r2, r3));
            default -> RecordedHelpers.isKnown(helper) ? OptionalLong.empty() : OptionalLong.of(number(helper));
        };
    }

    /** Memory of the engine, such as the program's own and its context, is where it is; nothing is at 0, where programs read for zeros. */
    private OptionalLong read(
            Execution run, HelperId helper, long to, int length, long from, Optional<RecordedMemory.Answer> answer) {
        boolean own = from >= 0
                && from < Sandbox.SIZE
                && answer.isEmpty()
                && (from == 0 || run.sandbox().regionAt(from).isPresent());
        return own ? OptionalLong.empty() : OptionalLong.of(fill(run, helper, to, length, answer));
    }

    private long fill(Execution run, HelperId helper, long to, int length, Optional<RecordedMemory.Answer> answer) {
        byte[] content = answer.map(RecordedMemory.Answer::content).orElse(new byte[0]);
        int written = Math.min(content.length, length);
        boolean text = answer.isPresent() && answer.get().result() > 0;
        if (!text) {
            run.sandbox().fill(to, length, (byte) 0);
        }
        run.sandbox().write(content, 0, to, written);
        if (answer.isEmpty()) {
            missing.count(helper.functionName());
            return Errno.EFAULT.negated();
        }
        return answer.get().result();
    }

    private long stack(Execution run, long map, long flags) {
        boolean user = (flags & USER_STACK) != 0;
        Optional<Entry.Stack> found = event.stacks().stream()
                .filter(stack -> stack.user() == user)
                .max(Comparator.comparingInt(stack -> stack.frames().size()));
        if (found.isEmpty()) {
            missing.count(user ? "ustack" : "kstack");
            return Errno.EFAULT.negated();
        }
        if (found.get().result() < 0) {
            return found.get().result();
        }
        return store(run, found.get(), (StackTraceMap) run.map(map), flags);
    }

    /**
     * Puts a stack into its map. The kernel tells stacks apart that end in a different number of zeros, which nobody sees afterwards:
     * here each further number that frames had gets a zero more.
     */
    private long store(Execution run, Entry.Stack stack, StackTraceMap map, long flags) {
        List<Long> numbers = numbersOfStacks.computeIfAbsent(stack.frames(), _ -> new ArrayList<>());
        if (!numbers.contains(stack.result())) {
            numbers.add(stack.result());
        }
        int count = stack.frames().size() + numbers.indexOf(stack.result());
        Sandbox sandbox = run.sandbox();
        long frames = sandbox.allocate(8L * (count + 1), true, "call stack");
        try {
            sandbox.fill(frames, 8L * (count + 1), (byte) 0);
            for (int i = 0; i < stack.frames().size(); i++) {
                sandbox.putLong(frames + 8L * i, stack.frames().get(i));
            }
            return map.stackId(frames, count, flags);
        } finally {
            sandbox.release(frames);
        }
    }

    /** What a helper returned when it was called as often before; a clock's time is that of the event then. */
    private long number(HelperId helper) {
        Deque<Long> recorded = calls.get(helper.number());
        if (recorded != null && !recorded.isEmpty()) {
            return recorded.removeFirst();
        }
        long time = event.event().time();
        return switch (helper) {
            case KTIME_GET_BOOT_NS -> time;
            case KTIME_GET_NS, KTIME_GET_COARSE_NS -> time + origin.boot() - origin.monotonic();
            case KTIME_GET_TAI_NS -> time + origin.boot();
            default -> {
                missing.count(helper.functionName());
                yield 0;
            }
        };
    }
}
