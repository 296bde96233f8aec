package dev.skep.object.attach;

import dev.skep.object.InputException;
import dev.skep.object.Location;
import dev.skep.object.program.ProgramSpec;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a program is to be attached because its section says so: the rules of libbpf's {@code bpf_program__attach()}.
 *
 * <pre>
 *  tp/CATEGORY/NAME   raw_tp/NAME   tp_btf/NAME
 *  fentry/FUNCTION   fexit/FUNCTION   fmod_ret/FUNCTION   lsm/HOOK   freplace/FUNCTION
 *  kprobe/FUNCTION[+OFFSET]   kretprobe/FUNCTION   kprobe.multi/PATTERN   kprobe.session/PATTERN   ksyscall/NAME
 *  uprobe/BINARY:FUNCTION[+OFFSET]   uprobe/BINARY:OFFSET   uprobe.multi/BINARY:PATTERN   usdt/BINARY:PROVIDER:NAME
 *  iter/KIND
 * </pre>
 *
 * <p>A bare {@code kprobe}, {@code tp}, {@code uprobe} ... leaves the place to the user, as do all sections of packets,
 * sockets and control groups, and {@code perf_event}.
 */
public final class AutoAttach {
    private static final Pattern KERNEL_PLACE = Pattern.compile("([A-Za-z0-9_.]+)(?:\\+(0[xX][0-9a-fA-F]+|[0-9]+))?");
    private static final Pattern KERNEL_PATTERN = Pattern.compile("[A-Za-z0-9_.*?]+");
    private static final Pattern USER_PLACE = Pattern.compile("([^:]+):(.+)");
    private static final Pattern SYMBOL_PLACE = Pattern.compile("(.+)\\+(0[xX][0-9a-fA-F]+|[0-9]+)");
    private static final Pattern NUMBER = Pattern.compile("0[xX][0-9a-fA-F]+|[0-9]+");
    private static final Pattern USDT_PLACE = Pattern.compile("([^:]+):([^:]+):([^:]+)");

    /** Iterators that go through the elements of one map, so that they need to be told which. */
    private static final Set<String> MAP_ITERATORS = Set.of("bpf_map_elem", "bpf_sk_storage_map", "sockmap");

    private AutoAttach() {}

    /**
     * The place the program's section names; empty if it names none.
     *
     * @throws InputException if it names one in a way that cannot be understood
     */
    public static Optional<AttachPoint> of(ProgramSpec program) {
        String section = program.section().startsWith("?") ? program.section().substring(1) : program.section();
        int slash = section.indexOf('/');
        String kind = slash < 0 ? section : section.substring(0, slash);
        String target = slash < 0 ? "" : section.substring(slash + 1);
        boolean fixedAtLoad = Set.of("tp_btf", "fentry", "fexit", "fmod_ret", "fsession", "lsm")
                .contains(withoutSleepable(kind));
        if (fixedAtLoad) {
            return Optional.of(new ProbePoint.BtfTracing(section));
        }
        return target.isEmpty() ? Optional.empty() : point(program, withoutSleepable(kind), target);
    }

    private static String withoutSleepable(String kind) {
        return kind.endsWith(".s") ? kind.substring(0, kind.length() - 2) : kind;
    }

    private static Optional<AttachPoint> point(ProgramSpec program, String kind, String target) {
        return switch (kind) {
            case "tp", "tracepoint" -> Optional.of(tracepoint(program, target));
            case "raw_tp", "raw_tracepoint", "raw_tp.w", "raw_tracepoint.w" ->
                Optional.of(new ProbePoint.RawTracepoint(target));
            case "freplace" -> Optional.of(new ProbePoint.Replacement(target));
            case "kprobe" -> Optional.of(kprobe(program, target, false));
            case "kretprobe" -> Optional.of(kprobe(program, target, true));
            case "ksyscall" -> Optional.of(new ProbePoint.Ksyscall(target, false, 0));
            case "kretsyscall" -> Optional.of(new ProbePoint.Ksyscall(target, true, 0));
            case "kprobe.multi" -> Optional.of(kprobes(program, target, ProbeMoment.ENTRY));
            case "kretprobe.multi" -> Optional.of(kprobes(program, target, ProbeMoment.RETURN));
            case "kprobe.session" -> Optional.of(kprobes(program, target, ProbeMoment.SESSION));
            case "uprobe" -> Optional.of(uprobe(program, target, false));
            case "uretprobe" -> Optional.of(uprobe(program, target, true));
            case "uprobe.multi" -> Optional.of(uprobes(program, target, ProbeMoment.ENTRY));
            case "uretprobe.multi" -> Optional.of(uprobes(program, target, ProbeMoment.RETURN));
            case "uprobe.session" -> Optional.of(uprobes(program, target, ProbeMoment.SESSION));
            case "usdt" -> Optional.of(usdt(program, target));
            case "iter" ->
                MAP_ITERATORS.contains(target) ? Optional.empty() : Optional.of(new ProbePoint.Iterator(target));
            default -> Optional.empty();
        };
    }

    private static AttachPoint tracepoint(ProgramSpec program, String target) {
        int slash = target.indexOf('/');
        if (slash < 0) {
            throw malformed(program, "the category and the name of a tracepoint, as in tp/sched/sched_switch");
        }
        return new ProbePoint.Tracepoint(target.substring(0, slash), target.substring(slash + 1));
    }

    private static AttachPoint kprobe(ProgramSpec program, String target, boolean atReturn) {
        Matcher place = KERNEL_PLACE.matcher(target);
        if (!place.matches()) {
            throw malformed(program, "a function of the kernel and perhaps an offset, as in kprobe/vfs_read+0x4");
        }
        long offset = place.group(2) == null ? 0 : number(program, place.group(2));
        if (atReturn && offset != 0) {
            throw malformed(program, "a function without an offset, because a return has none");
        }
        return new ProbePoint.Kprobe(place.group(1), offset, atReturn, 0, ProbeMode.ANY);
    }

    private static AttachPoint kprobes(ProgramSpec program, String target, ProbeMoment moment) {
        if (!KERNEL_PATTERN.matcher(target).matches()) {
            throw malformed(program, "a pattern of function names, as in kprobe.multi/vfs_*");
        }
        return new ProbePoint.KprobeMulti(new FunctionSelection.Matching(target), moment, List.of());
    }

    private static AttachPoint uprobe(ProgramSpec program, String target, boolean atReturn) {
        Matcher user = USER_PLACE.matcher(target);
        if (!user.matches()) {
            throw malformed(program, "a binary and a function in it, as in uprobe//usr/bin/bash:readline+0x4");
        }
        String symbol = user.group(2);
        long offset = 0;
        Matcher withOffset = SYMBOL_PLACE.matcher(symbol);
        if (NUMBER.matcher(symbol).matches()) {
            offset = number(program, symbol);
            symbol = "";
        } else if (withOffset.matches()) {
            offset = number(program, withOffset.group(2));
            symbol = withOffset.group(1);
        }
        if (atReturn && !symbol.isEmpty() && offset != 0) {
            throw malformed(program, "a function without an offset, because a return has none");
        }
        return new ProbePoint.Uprobe(user.group(1), symbol, offset, OptionalInt.empty(), atReturn, 0, 0, ProbeMode.ANY);
    }

    private static AttachPoint uprobes(ProgramSpec program, String target, ProbeMoment moment) {
        Matcher user = USER_PLACE.matcher(target);
        if (!user.matches()) {
            throw malformed(program, "a binary and a pattern of functions, as in uprobe.multi/libc.so.6:mem*");
        }
        return new ProbePoint.UprobeMulti(user.group(1), new FunctionSelection.Matching(user.group(2)), moment);
    }

    private static AttachPoint usdt(ProgramSpec program, String target) {
        Matcher place = USDT_PLACE.matcher(target);
        if (!place.matches()) {
            throw malformed(program, "a binary, a provider and a probe, as in usdt/libc.so.6:libc:setjmp");
        }
        return new ProbePoint.Usdt(place.group(1), place.group(2), place.group(3));
    }

    private static long number(ProgramSpec program, String text) {
        try {
            return Long.decode(text);
        } catch (NumberFormatException e) {
            throw malformed(program, "an offset that fits 64 bits");
        }
    }

    private static InputException malformed(ProgramSpec program, String expected) {
        return new InputException(
                Location.in(program.name()).section(program.section()),
                "the section's name does not say where to attach",
                "expected " + expected);
    }
}
