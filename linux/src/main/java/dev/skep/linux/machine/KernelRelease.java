package dev.skep.linux.machine;

import dev.skep.object.KernelVersion;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which Linux this is.
 *
 * @param text as {@code uname -r} prints it: {@code 6.1.0-18-amd64}
 * @param major the first number
 * @param minor the second number
 * @param patch the third, of the stable release the kernel was built from
 */
public record KernelRelease(String text, int major, int minor, int patch) {
    private static final Pattern NUMBERS = Pattern.compile("(\\d+)\\.(\\d+)(?:\\.(\\d+))?");

    /** Debian keeps the third number of {@code uname -r} at 0 and tells the stable release in what {@code uname -v} prints. */
    private static final Pattern DEBIAN = Pattern.compile("Debian (\\d+\\.\\d+\\.\\d+)");

    /** {@code KERNEL_VERSION} of linux/version.h has one byte for the patch level. */
    private static final int LARGEST_PATCH_IN_CODE = 255;

    private static final class Running {
        private static final KernelRelease RELEASE = of(MachineFiles.OF_THIS_MACHINE);
    }

    /** The kernel that runs this process. */
    public static KernelRelease running() {
        return Running.RELEASE;
    }

    /**
     * What a machine's files say.
     *
     * @throws IllegalStateException if they say nothing, as /proc is not mounted
     */
    public static KernelRelease of(MachineFiles files) {
        String text = files.text("/proc/sys/kernel/osrelease")
                .orElseThrow(
                        () -> new IllegalStateException("/proc/sys/kernel/osrelease cannot be read: is /proc there?"));
        // Ubuntu: "Ubuntu 5.4.0-12.15-generic 5.4.8", the stable release last.
        Optional<String> ubuntu =
                files.text("/proc/version_signature").map(line -> line.substring(line.lastIndexOf(' ') + 1));
        Optional<String> debian = files.text("/proc/sys/kernel/version").flatMap(KernelRelease::debian);
        return parse(text, ubuntu.or(() -> debian).orElse(text));
    }

    private static Optional<String> debian(String version) {
        Matcher matcher = DEBIAN.matcher(version);
        return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
    }

    private static KernelRelease parse(String text, String numbers) {
        Matcher matcher = NUMBERS.matcher(numbers);
        if (!matcher.lookingAt()) {
            throw new IllegalStateException("not a Linux release: '" + numbers + "'");
        }
        String patch = matcher.group(3);
        return new KernelRelease(
                text,
                Integer.parseInt(matcher.group(1)),
                Integer.parseInt(matcher.group(2)),
                patch == null ? 0 : Integer.parseInt(patch));
    }

    /** The release without patch level and the distributor's additions. */
    public KernelVersion version() {
        return new KernelVersion(major, minor);
    }

    /** {@code LINUX_VERSION_CODE} of linux/version.h: {@code major << 16 | minor << 8 | patch}, the patch level at most 255. */
    public int versionCode() {
        return major << 16 | minor << 8 | Math.min(patch, LARGEST_PATCH_IN_CODE);
    }

    /** True if this is {@code version} or newer. */
    public boolean isAtLeast(KernelVersion version) {
        return version().compareTo(version) >= 0;
    }

    @Override
    public String toString() {
        return text;
    }
}
