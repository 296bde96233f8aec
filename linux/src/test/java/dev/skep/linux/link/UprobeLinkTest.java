package dev.skep.linux.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skep.linux.symbol.CompiledBinary;
import dev.skep.linux.symbol.CompiledBinary.Variant;
import dev.skep.linux.symbol.FunctionResolver;
import dev.skep.linux.system.OpenDescriptors;
import dev.skep.linux.tracefs.TraceFs;
import dev.skep.object.attach.ProbeMode;
import dev.skep.object.attach.ProbePoint;
import dev.skep.object.host.Errno;
import dev.skep.object.host.HostException;
import dev.skep.object.program.ProgramType;
import dev.skep.testkit.NeedsBpf;
import dev.skep.testkit.NeedsTool;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Probes in programs and libraries. */
@NeedsBpf
@NeedsTool("gcc")
class UprobeLinkTest {
    private static final CountingProgram.Kind KIND =
            CountingProgram.Kind.of(ProgramType.KPROBE).anyProcess();

    @TempDir
    private static Path folder;

    private static final Map<Variant, Path> PROGRAMS = new EnumMap<>(Variant.class);

    @BeforeAll
    static void compile() {
        for (Variant variant : Variant.values()) {
            PROGRAMS.put(variant, CompiledBinary.program(folder, variant));
        }
    }

    private static String binary(Variant variant) {
        return PROGRAMS.get(variant).toString();
    }

    @ParameterizedTest
    @EnumSource(names = {"PIE", "FIXED", "STATIC", "STRIPPED"})
    void aFunctionKeepsTheContractHoweverItsProgramIsLinked(Variant variant) {
        try (CountingProgram program = CountingProgram.load(KIND);
                Subject subject = Subject.start(binary(variant))) {
            new LinkContract(program, ProbePoint.Uprobe.entry(binary(variant), "probed_sum"), subject::work)
                    .holdsWithPin();
        }
    }

    @Test
    void theReturnOfAFunctionKeepsTheContract() {
        try (CountingProgram program = CountingProgram.load(KIND);
                Subject subject = Subject.start(binary(Variant.PIE))) {
            new LinkContract(program, ProbePoint.Uprobe.exit(binary(Variant.PIE), "probed_sum"), subject::work)
                    .holdsWithPin();
        }
    }

    @ParameterizedTest
    @CsvSource({"libc.so.6", "libc.so", "libc", "c"})
    void aLibraryIsFoundByItsName(String library) {
        try (CountingProgram program = CountingProgram.load(KIND);
                Subject subject = Subject.start(binary(Variant.PIE));
                LinuxLink _ = Attacher.attach(
                        program.program(),
                        ProbePoint.Uprobe.entry(library, "getpgrp").in(subject.pid()))) {
            subject.work();
            assertThat(program.runs()).isEqualTo(1);
        }
    }

    @Test
    void aLibraryOfNoProcessInParticularIsTheLinkers() {
        try (CountingProgram program = CountingProgram.load(KIND);
                Subject subject = Subject.start(binary(Variant.PIE));
                LinuxLink _ = Attacher.attach(program.program(), ProbePoint.Uprobe.entry("c", "getpgrp"))) {
            subject.work();
            assertThat(program.runs()).isPositive();
        }
    }

    @Test
    void oneProcessCanBeMeant() {
        try (CountingProgram program = CountingProgram.load(KIND);
                Subject meant = Subject.start(binary(Variant.PIE));
                Subject other = Subject.start(binary(Variant.PIE));
                LinuxLink _ = Attacher.attach(
                        program.program(),
                        ProbePoint.Uprobe.entry(binary(Variant.PIE), "probed_sum")
                                .in(meant.pid()))) {
            other.work();
            assertThat(program.runs()).isZero();
            meant.work();
            assertThat(program.runs()).isEqualTo(1);
        }
    }

    @Test
    void allThreadsOfAProcessAreMeant() {
        int self = (int) ProcessHandle.current().pid();
        try (CountingProgram program = CountingProgram.load(KIND);
                LinuxLink _ = Attacher.attach(
                        program.program(),
                        ProbePoint.Uprobe.entry("libjvm.so", "JVM_GC").in(self))) {
            System.gc(); // not in the first thread of the process, whose id is the process's
            assertThat(program.runs()).isEqualTo(1);
        }
    }

    @Test
    void aPlaceCanBeAnOffsetInTheFileAndHasItsCookie() {
        String binary = binary(Variant.PIE);
        long offset = new FunctionResolver(Path.of(binary)).offset("probed_sum");
        try (CountingProgram program = CountingProgram.load(KIND);
                Subject subject = Subject.start(binary);
                LinuxLink _ = Attacher.attach(
                        program.program(),
                        ProbePoint.Uprobe.offset(binary, offset).withCookie(42))) {
            subject.work();
            subject.work();
            assertThat(program.runs()).isEqualTo(2);
            assertThat(program.cookie()).isEqualTo(42);
        }
    }

    @Test
    void theWayOfOldKernelsKeepsTheContractButForThePin() {
        ProbePoint point =
                ProbePoint.Uprobe.entry(binary(Variant.PIE), "probed_sum").by(ProbeMode.PERF);
        try (CountingProgram program = CountingProgram.load(KIND);
                Subject subject = Subject.start(binary(Variant.PIE))) {
            new LinkContract(program, point, subject::work).holdsWithoutPin();
            assertThatThrownBy(() -> Attacher.attach(
                            program.program(),
                            ProbePoint.Uprobe.entry(binary(Variant.PIE), "probed_sum")
                                    .by(ProbeMode.PERF)
                                    .withCookie(1)))
                    .isInstanceOfSatisfying(
                            HostException.class, e -> assertThat(e.errno()).isEqualTo(Errno.EOPNOTSUPP));
        }
    }

    @ParameterizedTest
    @CsvSource({"false", "true"})
    void aProbeWrittenIntoTracefsKeepsTheContractAndIsRemoved(boolean atReturn) {
        ProbePoint point = new ProbePoint.Uprobe(
                binary(Variant.PIE), "probed_sum", 0, OptionalInt.empty(), atReturn, 0, 0, ProbeMode.TRACEFS);
        try (PrivateMount tracefs = PrivateMount.of("tracefs");
                CountingProgram program = CountingProgram.load(KIND);
                Subject subject = Subject.start(binary(Variant.PIE))) {
            new LinkContract(program, point, subject::work).holdsWithoutPin();
            String own = "skep_" + ProcessHandle.current().pid() + "_";
            assertThat(new TraceFs(tracefs.root()).events("uprobes")).noneMatch(event -> event.startsWith(own));
        }
    }

    @Test
    @NeedsTool("unshare")
    void aProcessInAnotherMountNamespaceHasItsOwnFiles() {
        // There, the program lies where nobody outside can see it.
        String script = "mount -t tmpfs none /mnt && cp " + binary(Variant.PIE) + " /mnt/inside && exec /mnt/inside";
        try (CountingProgram program = CountingProgram.load(KIND);
                Subject subject = Subject.start("unshare", "-m", "sh", "-c", script)) {
            for (String name : new String[] {"/mnt/inside", "inside"}) {
                try (LinuxLink _ = Attacher.attach(
                        program.program(),
                        ProbePoint.Uprobe.entry(name, "probed_sum").in(subject.pid()))) {
                    long before = program.runs();
                    subject.work();
                    assertThat(program.runs()).isEqualTo(before + 1);
                }
            }
        }
    }

    @Test
    void aProcessThatHasEndedIsSaidToHave() {
        Subject ended = Subject.start(binary(Variant.PIE));
        ended.close();
        try (CountingProgram program = CountingProgram.load(KIND)) {
            assertThatThrownBy(() -> Attacher.attach(
                            program.program(),
                            ProbePoint.Uprobe.entry("c", "getpgrp").in(ended.pid())))
                    .isInstanceOfSatisfying(
                            HostException.class, e -> assertThat(e.errno()).isEqualTo(Errno.ESRCH))
                    .hasMessageContaining("process " + ended.pid() + " has ended");
        }
    }

    @Test
    void aProbeOutlivesTheProcessItIsFor() {
        try (CountingProgram program = CountingProgram.load(KIND)) {
            long descriptors;
            LinuxLink link;
            try (Subject subject = Subject.start(binary(Variant.PIE))) {
                descriptors = OpenDescriptors.count();
                link = Attacher.attach(
                        program.program(),
                        ProbePoint.Uprobe.entry(binary(Variant.PIE), "probed_sum")
                                .in(subject.pid()));
                subject.work();
            }
            assertThat(program.runs()).isEqualTo(1);
            link.close();
            assertThat(OpenDescriptors.count()).isLessThanOrEqualTo(descriptors);
        }
    }
}
