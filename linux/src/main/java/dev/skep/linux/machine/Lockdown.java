package dev.skep.linux.machine;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How far the kernel defends itself against its own root user: kernel_lockdown(7).
 *
 * @param evidence which file said so, and what
 */
public record Lockdown(Level level, String evidence) {
    private static final String FILE = "/sys/kernel/security/lockdown";
    private static final Pattern CHOSEN = Pattern.compile("\\[(\\w+)]");
    private static final Pattern BOOT_PARAMETER =
            Pattern.compile("(?:^|\\s)lockdown=(integrity|confidentiality)(?:\\s|$)");

    /** Each forbids what the one before does, and more. */
    public enum Level {
        NONE,
        /** Nobody changes the running kernel: no bpf_probe_write_user(). */
        INTEGRITY,
        /** Nor reads its secrets: no kprobes, no perf, no tracefs, no reading of kernel memory by programs. */
        CONFIDENTIALITY
    }

    /** Empty if this machine does not tell. What is said at boot or at build time is the least; it can only have risen. */
    public static Optional<Lockdown> of(MachineFiles files, Optional<KernelConfiguration> configuration) {
        return current(files).or(() -> atBoot(files)).or(() -> configuration.flatMap(Lockdown::builtIn));
    }

    private static Optional<Lockdown> current(MachineFiles files) {
        return files.text(FILE).flatMap(text -> level(CHOSEN.matcher(text), FILE + ": " + text));
    }

    private static Optional<Lockdown> atBoot(MachineFiles files) {
        return files.text("/proc/cmdline")
                .flatMap(
                        text -> level(BOOT_PARAMETER.matcher(text), "the kernel was booted with a lockdown parameter"));
    }

    private static Optional<Lockdown> level(Matcher matcher, String evidence) {
        return matcher.find()
                ? Optional.of(new Lockdown(Level.valueOf(matcher.group(1).toUpperCase(Locale.ROOT)), evidence))
                : Optional.empty();
    }

    private static Optional<Lockdown> builtIn(KernelConfiguration kernel) {
        for (Level level : new Level[] {Level.CONFIDENTIALITY, Level.INTEGRITY}) {
            String option = "CONFIG_LOCK_DOWN_KERNEL_FORCE_" + level;
            if (kernel.isSet(option)) {
                return Optional.of(new Lockdown(level, kernel.file() + ": " + option + "=y"));
            }
        }
        return kernel.isSet("CONFIG_SECURITY_LOCKDOWN_LSM")
                ? Optional.empty()
                : Optional.of(new Lockdown(Level.NONE, kernel.file() + ": CONFIG_SECURITY_LOCKDOWN_LSM is not set"));
    }
}
