package dev.skep.linux.machine;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;

/**
 * The options a kernel was built with.
 *
 * @param file where they were read
 * @param options values by name, both as the file has them: {@code CONFIG_BPF} and {@code y}, {@code m}, a number, or a text in
 *     its quotation marks; what is not set is not in it
 */
public record KernelConfiguration(String file, Map<String, String> options) {
    private static final int GZIP_MAGIC_FIRST = 0x1f;

    public KernelConfiguration {
        options = Map.copyOf(options);
    }

    private static final class Running {
        private static final Optional<KernelConfiguration> CONFIGURATION =
                of(MachineFiles.OF_THIS_MACHINE, KernelRelease.running());
    }

    /** That of the kernel that runs this process; empty if this machine does not tell it. Read once. */
    public static Optional<KernelConfiguration> running() {
        return Running.CONFIGURATION;
    }

    /**
     * Reads the first of the places where it may be: {@code /proc/config.gz} (the kernel's own), {@code /boot/config-RELEASE},
     * {@code /lib/modules/RELEASE/config} and {@code build/.config} beside it.
     *
     * @return empty if there is none of them
     */
    public static Optional<KernelConfiguration> of(MachineFiles files, KernelRelease release) {
        for (String file : new String[] {
            "/proc/config.gz",
            "/boot/config-" + release.text(),
            "/lib/modules/" + release.text() + "/config",
            "/lib/modules/" + release.text() + "/build/.config"
        }) {
            Optional<String> text = files.bytes(file).flatMap(KernelConfiguration::text);
            if (text.isPresent()) {
                return Optional.of(new KernelConfiguration(file, parse(text.get())));
            }
        }
        return Optional.empty();
    }

    /** A damaged file counts as none: the next place may have a good one. */
    private static Optional<String> text(byte[] content) {
        if (content.length == 0 || content[0] != GZIP_MAGIC_FIRST) {
            return Optional.of(new String(content, StandardCharsets.UTF_8));
        }
        try (GZIPInputStream unpacked = new GZIPInputStream(new ByteArrayInputStream(content))) {
            return Optional.of(new String(unpacked.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static Map<String, String> parse(String text) {
        Map<String, String> options = new TreeMap<>();
        text.lines().filter(line -> line.startsWith("CONFIG_")).forEach(line -> {
            int equals = line.indexOf('=');
            if (equals > 0) {
                options.put(line.substring(0, equals), line.substring(equals + 1));
            }
        });
        return options;
    }

    /** An option's value, {@code CONFIG_} included in its name; empty if it is not set. */
    public Optional<String> value(String option) {
        return Optional.ofNullable(options.get(option));
    }

    /** True if the option is built in ({@code y}) or there as a module ({@code m}). */
    public boolean isSet(String option) {
        return value(option)
                .map(value -> value.equals("y") || value.equals("m"))
                .orElse(false);
    }
}
