package dev.skep.linux.machine;

import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What this process may do: /proc/self/status (proc_pid_status(5)).
 *
 * @param effective the capabilities it has, of those BPF asks for
 * @param bounding those it could ever get
 * @param seccomp how its system calls are filtered
 */
public record ProcessStatus(Set<Capability> effective, Set<Capability> bounding, Seccomp seccomp) {
    /** {@code SECCOMP_MODE_*} of linux/seccomp.h. */
    public enum Seccomp {
        OFF,
        STRICT,
        FILTER
    }

    public ProcessStatus {
        effective = Set.copyOf(effective);
        bounding = Set.copyOf(bounding);
    }

    /** Reads it anew; empty without /proc. */
    public static Optional<ProcessStatus> of(MachineFiles files) {
        Map<String, String> fields = files.lines("/proc/self/status").stream()
                .filter(line -> line.contains(":\t"))
                .collect(Collectors.toMap(
                        line -> line.substring(0, line.indexOf(':')),
                        line -> line.substring(line.indexOf('\t') + 1).strip(),
                        (first, _) -> first));
        if (!fields.containsKey("CapEff")) {
            return Optional.empty();
        }
        return Optional.of(new ProcessStatus(
                capabilities(fields.get("CapEff")),
                capabilities(fields.getOrDefault("CapBnd", fields.get("CapEff"))),
                Seccomp.values()[Integer.parseInt(fields.getOrDefault("Seccomp", "0"))]));
    }

    private static Set<Capability> capabilities(String hexadecimal) {
        long bits = Long.parseUnsignedLong(hexadecimal, 16);
        EnumSet<Capability> capabilities = EnumSet.noneOf(Capability.class);
        for (Capability capability : Capability.values()) {
            if (capability.isIn(bits)) {
                capabilities.add(capability);
            }
        }
        return capabilities;
    }

    /**
     * True if the process has the capability, or CAP_SYS_ADMIN, which implies those that were once part of it (CAP_BPF,
     * CAP_PERFMON; linux/capability.h).
     */
    public boolean may(Capability capability) {
        return switch (capability) {
            case CAP_BPF, CAP_PERFMON -> effective.contains(capability) || effective.contains(Capability.CAP_SYS_ADMIN);
            default -> effective.contains(capability);
        };
    }
}
