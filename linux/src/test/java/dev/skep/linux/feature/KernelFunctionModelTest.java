package dev.skep.linux.feature;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skep.linux.bpf.BpfAttrLayout.ProgLoad;
import dev.skep.linux.machine.KernelRelease;
import dev.skep.object.Location;
import dev.skep.object.btf.Btf;
import dev.skep.object.btf.BtfType;
import dev.skep.object.instruction.Instruction;
import dev.skep.object.instruction.Opcode;
import dev.skep.object.program.AttachType;
import dev.skep.object.program.ProgramType;
import dev.skep.testkit.NeedsBpf;
import dev.skep.verifier.kernel.KernelFunction;
import dev.skep.verifier.kernel.KernelModel;
import dev.skep.verifier.kernel.ProgramKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The verifier's table of kernel functions and the running kernel agree on which there are and who may call them. */
@NeedsBpf
class KernelFunctionModelTest {
    private static final int KERNEL_FUNCTION_CALL = 2; // BPF_PSEUDO_KFUNC_CALL, linux/bpf.h

    /** No program of these types is judged before its target is; remote controls need a driver. */
    private static final Set<ProgramType> NOT_ASKED = EnumSet.of(
            ProgramType.UNSPEC, ProgramType.EXT, ProgramType.LSM, ProgramType.STRUCT_OPS, ProgramType.LIRC_MODE2);

    /** Functions that programs attach to and cannot call, though they have the tag of those that can: net/bpf/test_run.c. */
    private static final Set<String> ONLY_ATTACHED_TO =
            Set.of("bpf_fentry_test1", "bpf_modify_return_test", "bpf_modify_return_test2");

    private static final KernelModel MODEL =
            KernelModel.of(KernelRelease.running().version());

    private static Btf types = Btf.EMPTY;

    @BeforeAll
    static void readTypes() throws IOException {
        Path vmlinux = Path.of("/sys/kernel/btf/vmlinux");
        types = Btf.open(Files.readAllBytes(vmlinux), Location.in(vmlinux.toString()));
    }

    @Test
    void everyFunctionOfTheKernelIsInTheTable() {
        assertThat(functions())
                .filteredOn(name -> !ONLY_ATTACHED_TO.contains(name))
                .allSatisfy(name -> assertThat(MODEL.kernelFunction(name)).isPresent());
    }

    @Test
    void noFunctionOfTheKernelIsTooNewForIt() {
        assertThat(functions().stream()
                        .flatMap(name -> MODEL.kernelFunction(name).stream())
                        .filter(function -> function.since().compareTo(MODEL.version()) > 0))
                .isEmpty();
    }

    @Test
    void onWhoMayCallThem() {
        List<String> differences = new ArrayList<>();
        int asked = 0;
        for (KernelFunction function : functions().stream()
                .flatMap(name -> MODEL.kernelFunction(name).stream())
                .toList()) {
            for (ProgramType type : EnumSet.complementOf(EnumSet.copyOf(NOT_ASKED))) {
                ProgramKind program = kind(type);
                Optional<Boolean> allowed = kernelAllows(type, function.name());
                if (allowed.isPresent() && allowed.get() != function.isFor(program)) {
                    differences.add(function.name() + " from " + type + ": the kernel says " + allowed.get());
                }
                asked += allowed.isPresent() ? 1 : 0;
            }
        }

        assertThat(differences).isEmpty();
        assertThat(asked).isGreaterThan(1000);
    }

    private static ProgramKind kind(ProgramType type) {
        return type == ProgramType.TRACING
                ? ProgramKind.of(type, AttachType.TRACE_RAW_TP)
                : new ProgramKind(type, Optional.empty(), type == ProgramType.SYSCALL, Optional.empty());
    }

    /** Those with the tag {@code bpf_kfunc}, which kernels have since 6.10. */
    private static Set<String> functions() {
        return IntStream.range(1, types.typeCount())
                .mapToObj(types::type)
                .flatMap(type -> type instanceof BtfType.DeclarationTag tag
                                && tag.name().equals("bpf_kfunc")
                                && types.type(tag.target()) instanceof BtfType.Function function
                        ? Stream.of(function.name())
                        : Stream.empty())
                .collect(Collectors.toSet());
    }

    /** Empty if the kernel refused the program before it looked. */
    private static Optional<Boolean> kernelAllows(ProgramType type, String function) {
        int id = types.find(function, BtfType.Function.class).orElseThrow();
        ProbeProgram calling = ProgramTypeProbes.requirementsOf(ProbeProgram.of(
                type,
                Instruction.of(Opcode.CALL, 0, KERNEL_FUNCTION_CALL, 0, id),
                ProbeProgram.setRegister(0, 0),
                ProbeProgram.exit()));
        if (type == ProgramType.TRACING) {
            OptionalInt tracepoint = types.find("btf_trace_sched_switch", BtfType.Typedef.class);
            calling = calling.with(AttachType.TRACE_RAW_TP)
                    .with((attr, _) -> attr.set(ProgLoad.ATTACH_BTF_ID, tracepoint.orElseThrow()));
        }
        Answer answer = calling.tryToLoadWithLog();
        String log = answer.log();
        if (log.contains("metadata kfuncs require device-bound program") && type != ProgramType.XDP) {
            return Optional.of(false);
        }
        return log.isEmpty() && !answer.succeeded() ? Optional.empty() : Optional.of(!log.contains(" is not allowed"));
    }
}
