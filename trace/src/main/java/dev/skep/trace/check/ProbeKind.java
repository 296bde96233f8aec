package dev.skep.trace.check;

import dev.skep.trace.type.AddressSpace;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The kinds of probes, with the names they go by in scripts (bpftrace's language reference, "Probes"). */
public enum ProbeKind {
    BEGIN("begin", AddressSpace.UNKNOWN),
    END("end", AddressSpace.UNKNOWN),
    SELF("self", AddressSpace.UNKNOWN),
    TEST("test", AddressSpace.UNKNOWN),
    BENCH("bench", AddressSpace.UNKNOWN),
    KPROBE("kprobe", AddressSpace.KERNEL, "k"),
    KRETPROBE("kretprobe", AddressSpace.KERNEL, "kr"),
    FENTRY("fentry", AddressSpace.KERNEL, "f", "kfunc"),
    FEXIT("fexit", AddressSpace.KERNEL, "fr", "kretfunc"),
    TRACEPOINT("tracepoint", AddressSpace.KERNEL, "t"),
    RAW_TRACEPOINT("rawtracepoint", AddressSpace.KERNEL, "rt"),
    UPROBE("uprobe", AddressSpace.USER, "u"),
    URETPROBE("uretprobe", AddressSpace.USER, "ur"),
    USDT("usdt", AddressSpace.USER, "U"),
    PROFILE("profile", AddressSpace.UNKNOWN, "p"),
    INTERVAL("interval", AddressSpace.UNKNOWN, "i"),
    SOFTWARE("software", AddressSpace.UNKNOWN, "s"),
    HARDWARE("hardware", AddressSpace.UNKNOWN, "h"),
    WATCHPOINT("watchpoint", AddressSpace.UNKNOWN, "w"),
    ITERATOR("iter", AddressSpace.KERNEL, "it");

    private final String text;
    private final AddressSpace space;
    private final List<String> aliases;

    ProbeKind(String text, AddressSpace space, String... aliases) {
        this.text = text;
        this.space = space;
        this.aliases = List.of(aliases);
    }

    /** The kind with a name or alias; names may also be written in capitals. */
    public static Optional<ProbeKind> named(String name) {
        return Arrays.stream(values())
                .filter(kind -> kind.text.equalsIgnoreCase(name) || kind.aliases.contains(name))
                .findFirst();
    }

    /** As it is written in full. */
    public String text() {
        return text;
    }

    /** As the builtin {@code probetype} names it. */
    public String typeText() {
        return isOnce() ? "special" : text;
    }

    /** Whose memory the arguments of such a probe usually point to. */
    public AddressSpace space() {
        return space;
    }

    /** True for {@code begin} and {@code end}. */
    public boolean isOnce() {
        return this == BEGIN || this == END;
    }

    /** True if the program's context is the registers of the processor. */
    public boolean hasRegisters() {
        return switch (this) {
            case KPROBE, KRETPROBE, UPROBE, URETPROBE, USDT, PROFILE, INTERVAL, SOFTWARE, HARDWARE -> true;
            case WATCHPOINT -> true;
            default -> false;
        };
    }

    /** True if {@code argN} are what a function was called with. */
    public boolean hasNumberedArguments() {
        return this == KPROBE || this == UPROBE || this == USDT || this == RAW_TRACEPOINT;
    }

    /** True if there is a {@code retval}. */
    public boolean hasResult() {
        return this == KRETPROBE || this == URETPROBE || this == FEXIT;
    }
}
