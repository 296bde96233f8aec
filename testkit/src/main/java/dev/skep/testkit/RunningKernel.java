package dev.skep.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/** The kernel that the tests run on. It is asked once, for what is needed. */
final class RunningKernel implements KernelFacts {
    static final RunningKernel INSTANCE = new RunningKernel();

    private final String release = System.getProperty("os.version");
    private final Supplier<Optional<String>> types = once(RunningKernel::readTypes);
    private final Supplier<Optional<KernelConfig>> config = once(this::readConfig);
    private final Supplier<Optional<Boolean>> bpfSecurityModule = once(this::readSecurityModules);

    private RunningKernel() {}

    @Override
    public String release() {
        return release;
    }

    @Override
    public Optional<Boolean> names(String enumerator) {
        return types.get().map(text -> text.contains("\0" + enumerator + "\0"));
    }

    @Override
    public Optional<KernelConfig> config() {
        return config.get();
    }

    @Override
    public Optional<Boolean> hasBpfSecurityModule() {
        return bpfSecurityModule.get();
    }

    @Override
    public boolean forbids(KernelFeature.ProgramKind kind) {
        return BpfProbe.isForbidden(kind.type(), kind.attachType());
    }

    /** The kernel's BTF, of which only the strings are looked at: each stands between zero bytes. */
    private static Optional<String> readTypes() {
        return read(Path.of("/sys/kernel/btf/vmlinux")).map(bytes -> new String(bytes, StandardCharsets.ISO_8859_1));
    }

    private Optional<KernelConfig> readConfig() {
        return Stream.of("/proc/config.gz", "/boot/config-" + release)
                .flatMap(source -> read(Path.of(source)).stream()
                        .map(bytes -> new String(bytes, StandardCharsets.UTF_8))
                        .map(text -> KernelConfig.parse(source, text.lines().toList())))
                .findFirst();
    }

    /** The active modules, or, where securityfs is not mounted, those that were asked for at boot or at build time. */
    private Optional<Boolean> readSecurityModules() {
        return read(Path.of("/sys/kernel/security/lsm"))
                .map(bytes -> new String(bytes, StandardCharsets.UTF_8))
                .or(RunningKernel::securityModulesAtBoot)
                .or(() -> config().flatMap(known -> known.text("LSM")))
                .map(modules -> List.of(modules.strip().split(",")).contains("bpf"));
    }

    private static Optional<String> securityModulesAtBoot() {
        return read(Path.of("/proc/cmdline"))
                .flatMap(bytes -> Arrays.stream(new String(bytes, StandardCharsets.UTF_8)
                                .strip()
                                .split(" "))
                        .filter(word -> word.startsWith("lsm="))
                        .map(word -> word.substring("lsm=".length()))
                        .reduce((_, last) -> last));
    }

    /** A file's content, decompressed; empty if it cannot be read: files of the kernel are there or not. */
    private static Optional<byte[]> read(Path file) {
        if (!Files.isReadable(file)) {
            return Optional.empty();
        }
        try (var stream = Files.newInputStream(file)) {
            return Optional.of(
                    file.toString().endsWith(".gz")
                            ? new GZIPInputStream(stream).readAllBytes()
                            : stream.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException("reading " + file, e);
        }
    }

    private static <T> Supplier<T> once(Supplier<T> source) {
        return new Supplier<>() {
            private Optional<T> value = Optional.empty();

            @Override
            public synchronized T get() {
                if (value.isEmpty()) {
                    value = Optional.of(source.get());
                }
                return value.get();
            }
        };
    }
}
