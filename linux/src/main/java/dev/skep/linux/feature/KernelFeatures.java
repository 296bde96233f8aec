package dev.skep.linux.feature;

import dev.skep.linux.bpf.BpfToken;
import dev.skep.linux.machine.KernelRelease;
import dev.skep.object.host.Errno;
import dev.skep.object.host.HostException;
import dev.skep.object.map.MapType;
import dev.skep.object.program.AttachType;
import dev.skep.object.program.HelperId;
import dev.skep.object.program.ProgramType;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * Which features the running kernel has. Each is tried when first asked for, and the answer kept for as long as the process
 * lives, unless it was that this process cannot find out: it may become able to. Thread-safe.
 *
 * <pre>{@code
 * if (KernelFeatures.has(Feature.MAP_NAME)) {
 *     attr.set(MapCreate.MAP_NAME, name);
 * }
 * KernelFeatures.require(Feature.UPROBE_MULTI_LINK, "attach to 12 functions of libc");
 * }</pre>
 */
public final class KernelFeatures {
    /** By feature, type of program, type of map, way to attach, or {@link HelperUse}. */
    private static final Map<Object, Support> KNOWN = new ConcurrentHashMap<>();

    private static final ScopedValue<Optional<BpfToken>> TOKEN = ScopedValue.newInstance();

    private KernelFeatures() {}

    /**
     * Asks by the rights of a token, for processes in a user namespace: what is asked of the kernel within {@code work}, in this
     * thread, goes by it. Answers are kept as always: that a token does not allow to ask is none.
     *
     * @param token empty for this process's own rights
     */
    public static <T> T asking(Optional<BpfToken> token, Supplier<T> work) {
        return ScopedValue.where(TOKEN, token).call(work::get);
    }

    /** What questions go by now; empty for this process's own rights. */
    static Optional<BpfToken> token() {
        return TOKEN.orElse(Optional.empty());
    }

    private record HelperUse(ProgramType type, HelperId helper) {}

    /** Whether the kernel has it. */
    public static Support support(Feature feature) {
        return remembered(feature, () -> FeatureProbes.ask(feature));
    }

    /** Whether the kernel runs programs of this type. */
    public static Support support(ProgramType type) {
        return remembered(type, () -> ProgramTypeProbes.support(type));
    }

    /** Whether the kernel has maps of this type. */
    public static Support support(MapType type) {
        return remembered(type, () -> MapTypeProbes.support(type));
    }

    /** Whether the kernel attaches programs in this way. */
    public static Support support(AttachType type) {
        return remembered(type, () -> AttachTypeProbes.support(type));
    }

    /**
     * Whether programs of this type may call this helper.
     *
     * <p>Asking for {@link HelperId#TRACE_PRINTK}, {@link HelperId#TRACE_VPRINTK} or {@link HelperId#PROBE_WRITE_USER} makes the
     * kernel write to its log that such a program is being loaded.
     */
    public static Support support(ProgramType type, HelperId helper) {
        return remembered(new HelperUse(type, helper), () -> HelperProbes.support(type, helper));
    }

    /** True if the kernel can be asked for the helpers of this type of program, false if it looks at a target first. */
    public static boolean showsHelpers(ProgramType type) {
        return HelperProbes.canAsk(type);
    }

    private static Support remembered(Object question, Probe probe) {
        Support known = KNOWN.get(question);
        if (known != null) {
            return known;
        }
        Support found = ask(probe);
        if (!(found instanceof Support.Unknown)) {
            KNOWN.put(question, found); // two threads may both have asked: they heard the same
        }
        return found;
    }

    static Support ask(Probe probe) {
        try {
            return probe.ask();
        } catch (HostException e) {
            return new Answer(e.errno().negated()).refusal();
        }
    }

    /** True if the kernel is known to have it. */
    public static boolean has(Feature feature) {
        return support(feature).isAvailable();
    }

    /**
     * Refuses to go on without a feature.
     *
     * @param purpose what it is needed for, in the infinitive
     * @throws HostException EOPNOTSUPP if it is missing, EPERM if this process cannot find out; the message names the feature, the
     *     kernel that first has it and the one that runs
     */
    public static void require(Feature feature, String purpose) {
        switch (support(feature)) {
            case Support.Available _ -> {}
            case Support.Missing missing ->
                throw refusal(Errno.EOPNOTSUPP, feature, purpose, "lacks it", missing.reason());
            case Support.Unknown unknown ->
                throw refusal(Errno.EPERM, feature, purpose, "may lack it", unknown.reason());
        }
    }

    private static HostException refusal(Errno errno, Feature feature, String purpose, String lacks, String reason) {
        return new HostException(
                errno,
                "cannot " + purpose + ": this needs " + feature.description() + " (" + feature + ", Linux "
                        + feature.since() + " and newer), and the running Linux " + KernelRelease.running() + " "
                        + lacks
                        + ": " + reason);
    }
}
