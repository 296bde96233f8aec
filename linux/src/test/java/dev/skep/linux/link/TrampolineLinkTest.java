package dev.skep.linux.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skep.linux.LinuxHost;
import dev.skep.linux.info.ProgramInfo;
import dev.skep.linux.load.LinuxObject;
import dev.skep.linux.load.OpenObject;
import dev.skep.linux.map.LinuxMap;
import dev.skep.linux.program.LinuxProgram;
import dev.skep.object.BpfObject;
import dev.skep.object.attach.ProbePoint;
import dev.skep.object.file.ObjectReader;
import dev.skep.object.host.Program;
import dev.skep.object.program.AttachType;
import dev.skep.object.program.ProgramType;
import dev.skep.testkit.KernelFeature;
import dev.skep.testkit.KernelVerdict;
import dev.skep.testkit.NeedsKernel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalInt;
import java.util.function.Supplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Programs at functions and hooks that are found by BTF when they are loaded. */
@Tag("vm")
class TrampolineLinkTest {
    private static final long XDP_DROP = 1;
    private static final long XDP_PASS = 2;

    private static CountingProgram load(ProgramType type, AttachType attachType, int btfId) {
        return CountingProgram.load(
                CountingProgram.Kind.of(type, attachType).forType(btfId).withoutCookie());
    }

    /** Each part with a program of its own: before Linux 5.13 one could be attached once only. */
    private static void keepsTheContract(Supplier<CountingProgram> load, String place, Runnable event) {
        ProbePoint point = new ProbePoint.BtfTracing(place);
        try (CountingProgram program = load.get()) {
            new LinkContract(program, point, event).holdsWithoutPin();
        }
        try (CountingProgram program = load.get()) {
            new LinkContract(program, point, event).isPinned();
        }
    }

    @Test
    @NeedsKernel(feature = KernelFeature.FENTRY)
    void entryAndReturnOfAFunctionKeepTheContract() {
        int function = KernelTypes.function(KernelCalls.UNAME);
        for (AttachType at : new AttachType[] {AttachType.TRACE_FENTRY, AttachType.TRACE_FEXIT}) {
            keepsTheContract(() -> load(ProgramType.TRACING, at, function), "fentry/newuname", KernelCalls::uname);
        }
    }

    @Test
    @NeedsKernel(feature = KernelFeature.FENTRY)
    void aProgramAttachesTwiceWhereTheKernelLetsIt() {
        ProbePoint point = new ProbePoint.BtfTracing("fentry/newuname");
        try (CountingProgram program =
                load(ProgramType.TRACING, AttachType.TRACE_FENTRY, KernelTypes.function(KernelCalls.UNAME))) {
            Attacher.attach(program.program(), point).close();
            if (KernelVerdict.of(KernelFeature.TRAMPOLINE_REATTACH) instanceof KernelVerdict.Present) {
                Attacher.attach(program.program(), point).close();
            } else {
                assertThatThrownBy(() -> Attacher.attach(program.program(), point))
                        .hasMessageContaining("once only: load it again");
            }
        }
    }

    @Test
    @NeedsKernel(feature = {KernelFeature.FENTRY, KernelFeature.TRACING_COOKIE})
    void aFunctionHandsOverItsCookie() {
        CountingProgram.Kind kind = CountingProgram.Kind.of(ProgramType.TRACING, AttachType.TRACE_FENTRY)
                .forType(KernelTypes.function(KernelCalls.UNAME));
        try (CountingProgram program = CountingProgram.load(kind);
                LinuxLink _ = Attacher.attach(program.program(), new ProbePoint.BtfTracing("fentry/newuname", 42))) {
            KernelCalls.uname();
            assertThat(program.runs()).isEqualTo(1);
            assertThat(program.cookie()).isEqualTo(42);
        }
    }

    @Test
    @NeedsKernel(feature = KernelFeature.FMOD_RET)
    void aProgramThatMayChangeTheResultKeepsTheContract() {
        int function = KernelTypes.function("security_file_open");
        keepsTheContract(
                () -> load(ProgramType.TRACING, AttachType.MODIFY_RETURN, function),
                "fmod_ret/security_file_open",
                KernelCalls::openFile);
    }

    @Test
    @NeedsKernel(feature = KernelFeature.LSM)
    void aHookOfTheSecurityModulesKeepsTheContract() {
        int hook = KernelTypes.hook("file_open");
        keepsTheContract(() -> load(ProgramType.LSM, AttachType.LSM_MAC, hook), "lsm/file_open", KernelCalls::openFile);
    }

    @Test
    @NeedsKernel(feature = KernelFeature.FREPLACE)
    void aFunctionOfAProgramIsReplacedUntilTheLinkIsClosed() throws IOException {
        Path object = Path.of("src/test/c/replace.bpf.o");
        BpfObject spec = ObjectReader.read(Files.readAllBytes(object), object.toString());
        try (LinuxHost host = LinuxHost.open();
                LinuxObject target = host.load(spec)) {
            LinuxProgram filter = target.program("filter").orElseThrow();
            OpenObject replacing = host.open(spec)
                    .autoload("filter", false)
                    .autoload("drop", true)
                    .targetProgram("drop", filter);
            try (LinuxObject replacement = replacing.load()) {
                LinuxProgram drop = replacement.program("drop").orElseThrow();
                assertThat(verdict(filter)).isEqualTo(XDP_PASS);
                try (LinuxLink _ = Attacher.attach(drop, new ProbePoint.Replacement("verdict"))) {
                    assertThat(verdict(filter)).isEqualTo(XDP_DROP);
                }
                assertThat(verdict(filter)).isEqualTo(XDP_PASS);
            }
        }
    }

    @Test
    @NeedsKernel(feature = KernelFeature.FREPLACE)
    void aFunctionOfAnotherProgramThanTheOneLoadedForIsReplaced() throws IOException {
        Path object = Path.of("src/test/c/replace.bpf.o");
        BpfObject spec = ObjectReader.read(Files.readAllBytes(object), object.toString());
        try (LinuxHost host = LinuxHost.open();
                LinuxObject loadedFor = host.load(spec);
                LinuxObject other = host.load(spec)) {
            LinuxProgram filter = other.program("filter").orElseThrow();
            OpenObject replacing = host.open(spec)
                    .autoload("filter", false)
                    .autoload("drop", true)
                    .targetProgram("drop", loadedFor.program("filter").orElseThrow());
            int id = ProgramInfo.of(filter.descriptor()).id();
            try (LinuxObject replacement = replacing.load();
                    LinuxLink _ = Attacher.attach(
                            replacement.program("drop").orElseThrow(),
                            new ProbePoint.Replacement("verdict", OptionalInt.of(id)))) {
                assertThat(verdict(filter)).isEqualTo(XDP_DROP);
                assertThat(verdict(loadedFor.program("filter").orElseThrow())).isEqualTo(XDP_PASS);
            }
        }
    }

    @Test
    @NeedsKernel(feature = KernelFeature.FENTRY)
    void callsOfAFunctionOfAProgramAreTraced() throws IOException {
        Path object = Path.of("src/test/c/replace.bpf.o");
        BpfObject spec = ObjectReader.read(Files.readAllBytes(object), object.toString());
        try (LinuxHost host = LinuxHost.open();
                LinuxObject target = host.load(spec)) {
            LinuxProgram filter = target.program("filter").orElseThrow();
            OpenObject tracing = host.open(spec)
                    .autoload("filter", false)
                    .autoload("trace", true)
                    .targetProgram("trace", filter);
            try (LinuxObject loaded = tracing.load();
                    LiveAttachment _ = loaded.attachAll().getFirst()) {
                LinuxMap counts = loaded.map(".bss").orElseThrow();
                verdict(filter);
                verdict(filter);
                assertThat(counts.lookup(new byte[Integer.BYTES])).hasValue(new byte[] {2, 0, 0, 0});
            }
        }
    }

    private static long verdict(LinuxProgram filter) {
        return filter.run(Program.Input.packet(new byte[64])).returnValue();
    }
}
