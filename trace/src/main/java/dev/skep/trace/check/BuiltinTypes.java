package dev.skep.trace.check;

import dev.skep.trace.plan.ProbeTarget;
import dev.skep.trace.plan.Settings;
import dev.skep.trace.type.AddressSpace;
import dev.skep.trace.type.TraceType;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The values that programs have by name, without a call (bpftrace's standard library, "Helpers"). */
final class BuiltinTypes {
    /** Bytes of the name of a task, with the zero at its end ({@code TASK_COMM_LEN} of linux/sched.h). */
    static final int TASK_NAME = 16;

    /** As many frames as the kernel's default ({@code kernel.perf_event_max_stack}). */
    static final int DEFAULT_FRAMES = 127;

    private static final TraceType U8 = new TraceType.Number(1, false);
    private static final TraceType U32 = new TraceType.Number(4, false);
    private static final TraceType U64 = new TraceType.Number(8, false);

    private static final Map<String, TraceType> PLAIN = Map.ofEntries(
            Map.entry("pid", U32),
            Map.entry("tid", U32),
            Map.entry("uid", U64),
            Map.entry("gid", U64),
            Map.entry("nsecs", U64),
            Map.entry("elapsed", U64),
            Map.entry("cpu", U64),
            Map.entry("ncpus", U64),
            Map.entry("numaid", U32),
            Map.entry("rand", U64),
            Map.entry("cgroup", U64),
            Map.entry("jiffies", U64),
            Map.entry("ppid", U32),
            Map.entry("usermode", U8),
            Map.entry("comm", new TraceType.Text(TASK_NAME)),
            Map.entry("pcomm", new TraceType.Text(TASK_NAME)),
            Map.entry("username", new TraceType.UserName()));

    private static final Set<String> OTHERS =
            Set.of("curtask", "kstack", "ustack", "func", "probe", "probetype", "retval", "args", "ctx");

    private BuiltinTypes() {}

    /** Whether a name is a builtin's: one without a number of an argument. */
    static boolean isBuiltin(String name) {
        return PLAIN.containsKey(name)
                || OTHERS.contains(name)
                || argument(name).isPresent();
    }

    /** All names but {@code argN}, to compare with what a script says. */
    static Set<String> names() {
        Set<String> names = new TreeSet<>(PLAIN.keySet());
        names.addAll(OTHERS);
        return names;
    }

    /** The number of {@code argN}. */
    static Optional<Integer> argument(String name) {
        boolean numbered = name.length() > 3
                && name.length() < 6
                && name.startsWith("arg")
                && name.chars().skip(3).allMatch(Character::isDigit);
        return numbered ? Optional.of(Integer.parseInt(name.substring(3))) : Optional.empty();
    }

    /** The type where it needs nothing but the name and the kind of the probe; empty for {@code args}, {@code ctx}, {@code retval}. */
    static Optional<TraceType> of(String name, Attachment attachment, Settings settings) {
        if (argument(name).isPresent()) {
            return Optional.of(U64);
        }
        return switch (name) {
            case "kstack" -> Optional.of(stack(AddressSpace.KERNEL, settings));
            case "ustack" -> Optional.of(stack(AddressSpace.USER, settings));
            case "probe" -> Optional.of(new TraceType.Text(longest(attachment) + 1));
            case "probetype" ->
                Optional.of(new TraceType.Text(attachment.kind().typeText().length() + 1));
            case "func" -> Optional.of(function(attachment));
            default -> Optional.ofNullable(PLAIN.get(name));
        };
    }

    private static int longest(Attachment attachment) {
        return attachment.names().stream().mapToInt(String::length).max().orElse(0);
    }

    private static TraceType stack(AddressSpace space, Settings settings) {
        return stack(space, settings.stackMode(), DEFAULT_FRAMES);
    }

    /** A stack, with the name of the map it is kept in. The kernel's code has no build ID that would be taken: there it is raw. */
    static TraceType stack(AddressSpace space, TraceType.StackMode mode, int limit) {
        boolean byFile = mode == TraceType.StackMode.BUILD_ID;
        return byFile && space == AddressSpace.KERNEL
                ? stack(space, TraceType.StackMode.RAW, limit)
                : new TraceType.Stack(space, mode, limit, (byFile ? "build_ids_" : "stacks_") + limit);
    }

    private static TraceType function(Attachment attachment) {
        return switch (attachment.target()) {
            case ProbeTarget.Fentry fentry ->
                new TraceType.Text(fentry.function().length() + 1);
            case ProbeTarget.Uprobe uprobe -> new TraceType.Symbol(AddressSpace.USER);
            case ProbeTarget.Usdt usdt -> new TraceType.Symbol(AddressSpace.USER);
            default -> new TraceType.Symbol(AddressSpace.KERNEL);
        };
    }
}
