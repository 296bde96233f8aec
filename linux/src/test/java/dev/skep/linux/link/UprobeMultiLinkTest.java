package dev.skep.linux.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skep.linux.info.LinkPlace;
import dev.skep.linux.symbol.CompiledBinary;
import dev.skep.linux.symbol.CompiledBinary.Variant;
import dev.skep.object.attach.FunctionSelection;
import dev.skep.object.attach.ProbeMoment;
import dev.skep.object.attach.ProbePoint;
import dev.skep.object.host.Errno;
import dev.skep.object.host.HostException;
import dev.skep.object.program.AttachType;
import dev.skep.object.program.ProgramType;
import dev.skep.testkit.NeedsBpf;
import dev.skep.testkit.NeedsTool;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** One link for many functions of a program. */
@NeedsBpf
@NeedsTool("gcc")
class UprobeMultiLinkTest {
    @TempDir
    private static Path folder;

    private static String binary;

    @BeforeAll
    static void compile() {
        binary = CompiledBinary.program(folder, Variant.PIE).toString();
    }

    private static CountingProgram load(ProbeMoment moment) {
        AttachType type =
                moment == ProbeMoment.SESSION ? AttachType.TRACE_UPROBE_SESSION : AttachType.TRACE_UPROBE_MULTI;
        return CountingProgram.load(
                CountingProgram.Kind.of(ProgramType.KPROBE, type).anyProcess());
    }

    @ParameterizedTest
    @EnumSource
    void functionsByPatternKeepTheContract(ProbeMoment moment) {
        try (CountingProgram program = load(moment);
                Subject subject = Subject.start(binary)) {
            new LinkContract(
                            program,
                            new ProbePoint.UprobeMulti(binary, new FunctionSelection.Matching("probed_*"), moment),
                            subject::work)
                    .holdsWithPin();
        }
    }

    @ParameterizedTest
    @EnumSource
    void eachFunctionIsSeenOnceAndInASessionTwice(ProbeMoment moment) {
        ProbePoint three = new ProbePoint.UprobeMulti(binary, new FunctionSelection.Matching("probed_*"), moment);
        try (CountingProgram program = load(moment);
                Subject subject = Subject.start(binary);
                LinuxLink _ = Attacher.attach(program.program(), three)) {
            subject.work();
            assertThat(program.runs()).isEqualTo(moment == ProbeMoment.SESSION ? 6 : 3);
        }
    }

    @Test
    void eachFunctionHasItsCookieAndOneProcessCanBeMeant() {
        try (CountingProgram program = load(ProbeMoment.ENTRY);
                Subject meant = Subject.start(binary);
                Subject other = Subject.start(binary)) {
            ProbePoint.UprobeMulti point = new ProbePoint.UprobeMulti(
                    binary,
                    new FunctionSelection.Named(List.of("probed_product", "probed_sum")),
                    ProbeMoment.ENTRY,
                    OptionalInt.of(meant.pid()),
                    List.of(),
                    List.of(70L, 71L));
            try (LinuxLink link = Attacher.attach(program.program(), point)) {
                other.work();
                assertThat(program.runs()).isZero();
                meant.work();
                assertThat(program.runs()).isEqualTo(2);
                assertThat(program.cookie()).isIn(70L, 71L);
                assertThat(((BpfLink) link).info().place())
                        .isInstanceOfSatisfying(
                                LinkPlace.UprobeMulti.class,
                                place -> assertThat(place.cookies()).containsExactly(70L, 71L));
            }
        }
    }

    @Test
    void asManyCookiesAsPlacesAreNeeded() {
        ProbePoint one = new ProbePoint.UprobeMulti(
                binary,
                new FunctionSelection.At(List.of(1L, 2L)),
                ProbeMoment.ENTRY,
                OptionalInt.empty(),
                List.of(),
                List.of(70L));
        try (CountingProgram program = load(ProbeMoment.ENTRY)) {
            assertThatThrownBy(() -> Attacher.attach(program.program(), one))
                    .isInstanceOfSatisfying(
                            HostException.class, e -> assertThat(e.errno()).isEqualTo(Errno.EINVAL))
                    .hasMessageContaining("2 places, but there are 1 cookies");
        }
    }

    @Test
    void aPatternThatNothingMatchesIsRefused() {
        ProbePoint none =
                new ProbePoint.UprobeMulti(binary, new FunctionSelection.Matching("nothing_*"), ProbeMoment.ENTRY);
        try (CountingProgram program = load(ProbeMoment.ENTRY)) {
            assertThatThrownBy(() -> Attacher.attach(program.program(), none))
                    .isInstanceOfSatisfying(
                            HostException.class, e -> assertThat(e.errno()).isEqualTo(Errno.ENOENT))
                    .hasMessageContaining("nothing_*");
        }
    }
}
