package dev.skep.linux.feature;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skep.linux.machine.KernelRelease;
import dev.skep.object.KernelVersion;
import dev.skep.object.map.MapType;
import dev.skep.object.program.AttachType;
import dev.skep.object.program.HelperId;
import dev.skep.object.program.ProgramType;
import dev.skep.testkit.NeedsBpf;
import dev.skep.testkit.NeedsTool;
import dev.skep.testkit.Tools;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What we find the kernel to have is what {@code bpftool feature probe} finds. */
@NeedsBpf
@NeedsTool("bpftool")
class BpftoolAgreementTest {
    private static final Pattern TYPE = Pattern.compile("eBPF (program_type|map_type) (\\w+) is (NOT )?available");
    private static final Pattern HEADING = Pattern.compile("eBPF helpers supported for program type (\\w+):");

    /** Asking for these makes the kernel complain in its log, so neither bpftool nor we do by the way. */
    private static final Set<HelperId> NOISY =
            EnumSet.of(HelperId.TRACE_PRINTK, HelperId.TRACE_VPRINTK, HelperId.PROBE_WRITE_USER);

    private static final Map<String, Boolean> TYPES = new HashMap<>();
    private static final Map<String, Set<String>> HELPERS = new HashMap<>();

    @BeforeAll
    static void askBpftool() {
        String report = Tools.run(List.of("bpftool", "feature", "probe"), Duration.ofSeconds(60))
                .expectSuccess()
                .stdout();
        Set<String> helpers = new TreeSet<>();
        for (String line : report.lines().toList()) {
            Matcher type = TYPE.matcher(line);
            Matcher heading = HEADING.matcher(line);
            if (type.matches()) {
                TYPES.put(type.group(1) + " " + type.group(2), type.group(3) == null);
            } else if (heading.matches()) {
                helpers = HELPERS.computeIfAbsent(heading.group(1), _ -> new TreeSet<>());
            } else if (line.startsWith("\t- ")) {
                helpers.add(line.substring(3));
            }
        }
    }

    private static String name(Enum<?> type) {
        return type.name().toLowerCase(Locale.ROOT);
    }

    @ParameterizedTest
    @EnumSource(value = ProgramType.class, mode = EnumSource.Mode.EXCLUDE, names = "UNSPEC")
    void aboutTypesOfPrograms(ProgramType type) {
        Support support = KernelFeatures.support(type);

        Boolean expected = TYPES.get("program_type " + name(type));
        if (type == ProgramType.TRACING) {
            // bpftool asks for fentry, which is one way to trace among others, and not allowed everywhere.
            expected = KernelFeatures.support(AttachType.TRACE_RAW_TP).isAvailable();
        }
        if (expected == null) {
            assertThat(support).as("%s, too new for bpftool", type).isNotInstanceOf(Support.Unknown.class);
        } else {
            assertThat(support.isAvailable()).as(support.explanation()).isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @EnumSource(value = MapType.class, mode = EnumSource.Mode.EXCLUDE, names = "UNSPEC")
    void aboutTypesOfMaps(MapType type) {
        Support support = KernelFeatures.support(type);

        Boolean expected = TYPES.get("map_type " + name(type));
        if (expected == null) {
            assertThat(support).as("%s, too new for bpftool", type).isNotInstanceOf(Support.Unknown.class);
        } else {
            assertThat(support.isAvailable()).as(support.explanation()).isEqualTo(expected);
        }
    }

    @Test
    void bpftoolsReportWasUnderstood() {
        assertThat(TYPES).hasSizeGreaterThan(50).containsValues(true, false);
        assertThat(HELPERS.get("xdp")).contains("bpf_xdp_adjust_head");
    }

    @Test
    void aWayToAttachThatIsTooNewIsMissing() {
        assertThat(KernelFeatures.support(AttachType.TRACE_RAW_TP).isAvailable())
                .isTrue();
        // fsession came with Linux 7.0.
        if (!KernelRelease.running().isAtLeast(KernelVersion.of("7.0"))) {
            assertThat(KernelFeatures.support(AttachType.TRACE_FSESSION)).isInstanceOf(Support.Missing.class);
        }
    }

    @Test
    void aHelperIsForTheProgramsThatMayCallIt() {
        assertThat(KernelFeatures.support(ProgramType.XDP, HelperId.XDP_ADJUST_HEAD)
                        .isAvailable())
                .isTrue();
        assertThat(KernelFeatures.support(ProgramType.XDP, HelperId.SKB_STORE_BYTES))
                .isInstanceOf(Support.Missing.class);
        assertThat(KernelFeatures.support(ProgramType.SCHED_CLS, HelperId.SKB_STORE_BYTES)
                        .isAvailable())
                .isTrue();
        assertThat(KernelFeatures.support(ProgramType.SOCKET_FILTER, HelperId.BIND))
                .isInstanceOf(Support.Missing.class);
        assertThat(KernelFeatures.support(ProgramType.TRACING, HelperId.KTIME_GET_NS))
                .isInstanceOf(Support.Unknown.class);
    }

    @ParameterizedTest
    @MethodSource("typesWithHelpers")
    void aboutHelpers(ProgramType type) {
        Set<String> reported = HELPERS.getOrDefault(name(type), Set.of());
        for (HelperId helper : HelperId.values()) {
            if (helper == HelperId.UNSPEC || NOISY.contains(helper)) {
                continue;
            }
            boolean found = KernelFeatures.support(type, helper).isAvailable();
            if (found && !reported.contains(helper.functionName())) {
                assertThat(helper).as("too new for bpftool").isGreaterThanOrEqualTo(HelperId.CGRP_STORAGE_GET);
            } else if (!found && reported.contains(helper.functionName())) {
                // bpftool before 7.2 does not know how kernels since 6.2 refuse a helper, and takes it for a yes.
                assertThat(log(type, helper))
                        .contains("program of this type cannot use helper " + helper.functionName() + "#"
                                + helper.number() + "\n");
            }
        }
    }

    static Stream<ProgramType> typesWithHelpers() {
        return Stream.of(ProgramType.values())
                .filter(type -> HelperProbes.canAsk(type) && HELPERS.containsKey(name(type)));
    }

    private static String log(ProgramType type, HelperId helper) {
        ProbeProgram program = ProbeProgram.of(type, ProbeProgram.call(helper.number()), ProbeProgram.exit());
        return ProgramTypeProbes.requirementsOf(program).tryToLoadWithLog().log();
    }
}
