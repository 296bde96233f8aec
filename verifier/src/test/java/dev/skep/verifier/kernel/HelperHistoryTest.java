package dev.skep.verifier.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skep.object.KernelVersion;
import dev.skep.object.program.AttachType;
import dev.skep.object.program.HelperId;
import dev.skep.object.program.ProgramType;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The tables say of older kernels what those kernels said when they were asked, each in a virtual machine. */
class HelperHistoryTest {
    /** Asking for some makes the kernel complain; the last depends on how it is built. */
    private static final Set<HelperId> NOT_ASKED = EnumSet.of(
            HelperId.UNSPEC,
            HelperId.TRACE_PRINTK,
            HelperId.TRACE_VPRINTK,
            HelperId.PROBE_WRITE_USER,
            HelperId.OVERRIDE_RETURN);

    record Recorded(KernelVersion version, ProgramType type, Set<HelperId> helpers) {
        @Override
        public String toString() {
            return type + " on Linux " + version;
        }
    }

    @ParameterizedTest
    @MethodSource("recorded")
    void theModelAgreesWithThatKernel(Recorded recorded) {
        ProgramKind program = asked(recorded.type());

        Set<HelperId> available = EnumSet.noneOf(HelperId.class);
        for (HelperId helper : EnumSet.complementOf(EnumSet.copyOf(NOT_ASKED))) {
            HelperLookup lookup = HelperTable.lookup(helper, program, recorded.version());
            if (lookup instanceof HelperLookup.Available || lookup instanceof HelperLookup.NotForTarget) {
                available.add(helper);
            }
        }

        assertThat(available).isEqualTo(recorded.helpers());
    }

    private static ProgramKind asked(ProgramType type) {
        Optional<AttachType> attachType = Optional.ofNullable(
                switch (type) {
                    case CGROUP_SOCK_ADDR -> AttachType.CGROUP_INET4_CONNECT;
                    case CGROUP_SOCKOPT -> AttachType.CGROUP_GETSOCKOPT;
                    case SK_LOOKUP -> AttachType.SK_LOOKUP;
                    case NETFILTER -> AttachType.NETFILTER;
                    default -> null;
                });
        return new ProgramKind(type, attachType, type == ProgramType.SYSCALL, Optional.empty());
    }

    static Stream<Recorded> recorded() {
        return Stream.of("6.1", "6.12")
                .flatMap(version -> lines("helpers-" + version + ".txt")
                        .filter(line -> !line.startsWith("#"))
                        .map(line -> read(KernelVersion.of(version), line)));
    }

    private static Stream<String> lines(String resource) {
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(
                Objects.requireNonNull(HelperHistoryTest.class.getResourceAsStream(resource), resource),
                StandardCharsets.US_ASCII))) {
            return reader.lines().toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** For example {@code XDP 1-3 5 7-8}. */
    private static Recorded read(KernelVersion version, String line) {
        List<String> words = List.of(line.split(" "));
        Set<HelperId> helpers = EnumSet.noneOf(HelperId.class);
        for (String range : words.subList(1, words.size())) {
            String[] ends = range.split("-");
            IntStream.rangeClosed(Integer.parseInt(ends[0]), Integer.parseInt(ends[ends.length - 1]))
                    .mapToObj(number -> HelperId.of(number).orElseThrow())
                    .filter(helper -> !NOT_ASKED.contains(helper))
                    .forEach(helpers::add);
        }
        return new Recorded(version, ProgramType.valueOf(words.getFirst()), helpers);
    }
}
