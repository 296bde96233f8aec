package dev.skep.linux.machine;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The Linux security modules that the kernel asks (Documentation/admin-guide/LSM/index.rst).
 *
 * @param evidence which file said so, and what
 */
public record SecurityModules(List<String> names, String evidence) {
    private static final String FILE = "/sys/kernel/security/lsm";
    private static final Pattern BOOT_PARAMETER = Pattern.compile("(?:^|\\s)lsm=(\\S+)");

    public SecurityModules {
        names = List.copyOf(names);
    }

    /** Empty if this machine does not tell. */
    public static Optional<SecurityModules> of(MachineFiles files, Optional<KernelConfiguration> configuration) {
        return files.text(FILE)
                .map(text -> listed(text, FILE + ": " + text))
                .or(() -> files.text("/proc/cmdline").flatMap(SecurityModules::atBoot))
                .or(() -> configuration.flatMap(SecurityModules::builtIn));
    }

    private static Optional<SecurityModules> atBoot(String parameters) {
        Matcher matcher = BOOT_PARAMETER.matcher(parameters);
        return matcher.find()
                ? Optional.of(listed(matcher.group(1), "/proc/cmdline: lsm=" + matcher.group(1)))
                : Optional.empty();
    }

    private static Optional<SecurityModules> builtIn(KernelConfiguration kernel) {
        return kernel.value("CONFIG_LSM")
                .map(value -> listed(value.replace("\"", ""), kernel.file() + ": CONFIG_LSM=" + value));
    }

    private static SecurityModules listed(String names, String evidence) {
        return new SecurityModules(List.of(names.split(",")), evidence);
    }
}
