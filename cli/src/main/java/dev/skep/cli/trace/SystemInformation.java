package dev.skep.cli.trace;

import dev.skep.cli.Version;
import dev.skep.linux.feature.Feature;
import dev.skep.linux.feature.KernelFeatures;
import dev.skep.linux.feature.Support;
import dev.skep.linux.load.KernelTypes;
import dev.skep.linux.machine.KernelRelease;
import dev.skep.object.map.MapType;
import dev.skep.object.program.HelperId;
import dev.skep.object.program.ProgramType;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.Map;

/** {@code --info}: what the kernel has of what scripts can use, in bpftrace's words. */
final class SystemInformation {
    private static final Map<String, HelperId> HELPERS = Map.of(
            "get_tai_ns", HelperId.KTIME_GET_TAI_NS,
            "get_func_ip", HelperId.GET_FUNC_IP,
            "jiffies64", HelperId.JIFFIES64,
            "for_each_map_elem", HelperId.FOR_EACH_MAP_ELEM,
            "get_ns_pid_tgid", HelperId.GET_NS_CURRENT_PID_TGID,
            "lookup_percpu_elem", HelperId.MAP_LOOKUP_PERCPU_ELEM,
            "loop", HelperId.LOOP,
            "send_signal", HelperId.SEND_SIGNAL,
            "override_return", HelperId.OVERRIDE_RETURN,
            "dpath", HelperId.D_PATH);
    private static final Map<String, MapType> MAPS = Map.of(
            "hash", MapType.HASH,
            "array", MapType.ARRAY,
            "percpu array", MapType.PERCPU_ARRAY,
            "stack_trace", MapType.STACK_TRACE,
            "perf_event_array", MapType.PERF_EVENT_ARRAY,
            "ringbuf", MapType.RINGBUF);

    private final PrintWriter out;

    SystemInformation(PrintWriter out) {
        this.out = out;
    }

    void print() {
        out.println("System");
        out.println("  OS: Linux " + KernelRelease.running());
        out.println("  Arch: " + architecture());
        out.println();
        out.println("Build");
        out.println("  version: " + Version.line());
        out.println("  LLVM: none");
        out.println("  libdw (DWARF support): no");
        out.println();
        out.println("Kernel helpers");
        HELPERS.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(each -> line(each.getKey(), helper(each)));
        out.println();
        out.println("Kernel features");
        line("Loop support", has(Feature.BOUNDED_LOOPS));
        line("btf", KernelTypes.available());
        line("module btf", has(Feature.MODULE_BTF));
        line("kprobe_multi", has(Feature.KPROBE_MULTI_LINK));
        line("kprobe_session", has(Feature.KPROBE_SESSION));
        line("uprobe_multi", has(Feature.UPROBE_MULTI_LINK));
        line("uprobe refcount", true); // since Linux 4.20, before ring buffers
        line("iter", has(Feature.ITERATORS));
        out.println();
        out.println("Map types");
        MAPS.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(each -> line(each.getKey(), isAvailable(KernelFeatures.support(each.getValue()))));
        out.println();
        out.println("Probe types");
        line("kprobe", isAvailable(KernelFeatures.support(ProgramType.KPROBE)));
        line("tracepoint", isAvailable(KernelFeatures.support(ProgramType.TRACEPOINT)));
        line("perf_event", isAvailable(KernelFeatures.support(ProgramType.PERF_EVENT)));
        line("fentry", isAvailable(KernelFeatures.support(ProgramType.TRACING)));
    }

    private static boolean helper(Map.Entry<String, HelperId> helper) {
        ProgramType type = helper.getValue() == HelperId.D_PATH ? ProgramType.TRACING : ProgramType.KPROBE;
        return isAvailable(KernelFeatures.support(type, helper.getValue()));
    }

    private static boolean has(Feature feature) {
        return isAvailable(KernelFeatures.support(feature));
    }

    private static boolean isAvailable(Support support) {
        return support.isAvailable();
    }

    private void line(String name, boolean available) {
        out.println("  " + name + ": " + (available ? "yes" : "no"));
    }

    private static String architecture() {
        String name = System.getProperty("os.arch").toLowerCase(Locale.ROOT);
        return name.equals("amd64") ? "x86_64" : name;
    }
}
