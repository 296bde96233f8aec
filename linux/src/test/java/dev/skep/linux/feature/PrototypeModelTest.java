package dev.skep.linux.feature;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skep.linux.bpf.BpfAttrLayout.MapCreate;
import dev.skep.linux.machine.KernelRelease;
import dev.skep.linux.system.FileDescriptor;
import dev.skep.object.instruction.Instruction;
import dev.skep.object.instruction.Instructions;
import dev.skep.object.instruction.Opcode;
import dev.skep.object.map.MapType;
import dev.skep.object.program.AttachType;
import dev.skep.object.program.HelperId;
import dev.skep.object.program.ProgramType;
import dev.skep.testkit.NeedsBpf;
import dev.skep.verifier.kernel.ArgumentType;
import dev.skep.verifier.kernel.HelperLookup;
import dev.skep.verifier.kernel.HelperPrototype;
import dev.skep.verifier.kernel.HelperTrait;
import dev.skep.verifier.kernel.KernelModel;
import dev.skep.verifier.kernel.ProgramKind;
import dev.skep.verifier.kernel.TypeModifier;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The running kernel takes a call with the arguments that a prototype says, and refuses it with a number in place of each pointer.
 * Arguments that only other calls could make (sockets, tasks, dynptrs, timers ...) are not tried.
 */
@NeedsBpf
class PrototypeModelTest {
    private static final KernelModel MODEL =
            KernelModel.of(KernelRelease.running().version());

    /** Bytes of stack that hold zeros, lowest address first. */
    private static final int BUFFER = 64;

    private static final int BUFFER_START = -BUFFER;
    private static final int SIZE = 8;
    private static final int NOT_ZERO = 12345;
    private static final int PAGES = 64 << 10;

    /**
     * The kernel warns of some, and of others wants more than a prototype says: flags, or that an array of programs holds those of one
     * type.
     */
    private static final Set<HelperId> NOT_ASKED = EnumSet.of(
            HelperId.UNSPEC,
            HelperId.TRACE_PRINTK,
            HelperId.TRACE_VPRINTK,
            HelperId.PROBE_WRITE_USER,
            HelperId.OVERRIDE_RETURN,
            HelperId.SYS_BPF,
            HelperId.TAIL_CALL,
            HelperId.GET_LOCAL_STORAGE);

    private static final Map<MapType, FileDescriptor> MAPS = new EnumMap<>(MapType.class);

    @BeforeAll
    static void createMaps() {
        for (MapType type : EnumSet.of(
                MapType.HASH,
                MapType.PERF_EVENT_ARRAY,
                MapType.CGROUP_ARRAY,
                MapType.DEVMAP,
                MapType.SOCKMAP,
                MapType.SOCKHASH,
                MapType.REUSEPORT_SOCKARRAY,
                MapType.PERCPU_HASH)) {
            MAPS.put(type, ProbeMap.of(type, 4, 4, 1).create());
        }
        MAPS.put(MapType.STACK_TRACE, ProbeMap.of(MapType.STACK_TRACE, 4, 8, 1).create());
        MAPS.put(MapType.QUEUE, ProbeMap.of(MapType.QUEUE, 0, 4, 1).create());
        MAPS.put(MapType.RINGBUF, ProbeMap.of(MapType.RINGBUF, 0, 0, PAGES).create());
        try (FileDescriptor btf = ProbeBtf.of(ProbeBtf.INT).load()) {
            MAPS.put(
                    MapType.SK_STORAGE,
                    ProbeMap.of(MapType.SK_STORAGE, 4, 4, 0)
                            .withFlags(1)
                            .with(attr -> attr.set(MapCreate.BTF_FD, btf.number())
                                    .set(MapCreate.BTF_KEY_TYPE_ID, 1)
                                    .set(MapCreate.BTF_VALUE_TYPE_ID, 1))
                            .create());
        }
    }

    @AfterAll
    static void closeMaps() {
        MAPS.values().forEach(FileDescriptor::close);
        MAPS.clear();
    }

    @ParameterizedTest
    @EnumSource(
            value = ProgramType.class,
            names = {
                "SOCKET_FILTER",
                "SCHED_CLS",
                "XDP",
                "KPROBE",
                "TRACEPOINT",
                "PERF_EVENT",
                "RAW_TRACEPOINT",
                "CGROUP_SKB",
                "CGROUP_SOCK",
                "CGROUP_SOCK_ADDR",
                "CGROUP_SOCKOPT",
                "CGROUP_SYSCTL",
                "LWT_IN",
                "LWT_XMIT",
                "LWT_SEG6LOCAL",
                "SOCK_OPS",
                "SK_SKB",
                "SK_MSG",
                "SK_REUSEPORT",
                "FLOW_DISSECTOR",
                "SYSCALL"
            })
    void theKernelTakesWhatAPrototypeSays(ProgramType type) {
        List<String> refused = new ArrayList<>();
        List<String> taken = new ArrayList<>();
        for (HelperPrototype prototype : prototypes(type).toList()) {
            Answer answer = load(type, prototype, -1);
            if (!isTaken(answer)) {
                refused.add(prototype.id() + ": " + answer.log());
            }
            for (int argument = 0; argument < prototype.arguments().size(); argument++) {
                if (mustBePointer(prototype.arguments().get(argument)) && isTaken(load(type, prototype, argument))) {
                    taken.add(prototype.id() + ", argument " + (argument + 1));
                }
            }
        }

        assertThat(refused).isEmpty();
        assertThat(taken).isEmpty();
    }

    @Test
    void mostHelpersAreTried() {
        Set<HelperId> tried = EnumSet.noneOf(HelperId.class);
        for (ProgramType type : EnumSet.of(
                ProgramType.SCHED_CLS,
                ProgramType.XDP,
                ProgramType.KPROBE,
                ProgramType.PERF_EVENT,
                ProgramType.CGROUP_SOCK_ADDR,
                ProgramType.CGROUP_SYSCTL,
                ProgramType.LWT_SEG6LOCAL,
                ProgramType.SOCK_OPS,
                ProgramType.SK_SKB,
                ProgramType.SK_MSG,
                ProgramType.SYSCALL)) {
            prototypes(type).forEach(prototype -> tried.add(prototype.id()));
        }

        assertThat(tried).hasSizeGreaterThan(110);
    }

    private static boolean isTaken(Answer answer) {
        return answer.succeeded() || answer.log().contains("Unreleased reference");
    }

    private static boolean mustBePointer(ArgumentType argument) {
        return !argument.isMemorySize()
                && !argument.is(TypeModifier.OR_NULL)
                && argument.kind() != ArgumentType.Kind.ANYTHING
                && argument.kind() != ArgumentType.Kind.CONST_ALLOC_SIZE_OR_ZERO;
    }

    private static Stream<HelperPrototype> prototypes(ProgramType type) {
        return EnumSet.complementOf(EnumSet.copyOf(NOT_ASKED)).stream()
                .map(helper -> MODEL.helper(helper.number(), program(type)))
                .filter(HelperLookup.Available.class::isInstance)
                .map(lookup -> ((HelperLookup.Available) lookup).prototype())
                .filter(prototype -> type == ProgramType.SYSCALL || !prototype.is(HelperTrait.MIGHT_SLEEP))
                .filter(prototype -> prototype.arguments().stream().allMatch(PrototypeModelTest::canBeMade))
                .filter(prototype -> prototype.arguments().stream().noneMatch(PrototypeModelTest::isMap)
                        || map(prototype, program(type)).isPresent());
    }

    private static boolean isMap(ArgumentType argument) {
        return argument.kind() == ArgumentType.Kind.CONST_MAP_PTR;
    }

    private static ProgramKind program(ProgramType type) {
        Optional<AttachType> attachType = Optional.ofNullable(
                switch (type) {
                    case CGROUP_SOCK_ADDR -> AttachType.CGROUP_INET4_CONNECT;
                    case CGROUP_SOCKOPT -> AttachType.CGROUP_GETSOCKOPT;
                    default -> null;
                });
        return new ProgramKind(type, attachType, type == ProgramType.SYSCALL, Optional.empty());
    }

    private static boolean canBeMade(ArgumentType argument) {
        return switch (argument.kind()) {
            case ANYTHING,
                    CONST_MAP_PTR,
                    MAP_KEY,
                    MAP_VALUE,
                    MEM,
                    CONST_SIZE,
                    CONST_SIZE_OR_ZERO,
                    CONST_ALLOC_SIZE_OR_ZERO,
                    CTX,
                    STACK -> true;
            case SOCKET, BTF_ID, BTF_ID_SOCK_COMMON -> argument.is(TypeModifier.OR_NULL);
            default -> false;
        };
    }

    private static Optional<FileDescriptor> map(HelperPrototype prototype, ProgramKind program) {
        return MAPS.keySet().stream()
                .filter(type -> MODEL.takesMap(prototype.id(), type, program) && MODEL.mayUseMap(program, type))
                .findFirst()
                .map(MAPS::get);
    }

    /** @param number the argument to be given as a number, or -1 */
    private static Answer load(ProgramType type, HelperPrototype prototype, int number) {
        List<Instruction> code = new ArrayList<>();
        code.add(copy(6, 1));
        code.add(ProbeProgram.setRegister(0, 0));
        for (int offset = BUFFER_START; offset < 0; offset += Long.BYTES) {
            code.add(Instruction.of(Opcode.BPF_STX | Opcode.BPF_MEM | Opcode.BPF_DW, 10, 0, offset, 0));
        }
        for (int i = 0; i < prototype.arguments().size(); i++) {
            if (i == number) {
                code.add(ProbeProgram.setRegister(i + 1, NOT_ZERO));
            } else {
                put(prototype.arguments().get(i), i + 1, map(prototype, program(type)), code);
            }
        }
        code.add(ProbeProgram.call(prototype.id().number()));
        code.add(ProbeProgram.setRegister(0, 1));
        code.add(ProbeProgram.exit());
        ProbeProgram calling = new ProbeProgram(type, Instructions.of(code.toArray(Instruction[]::new)), (_, _) -> {});
        return ProgramTypeProbes.requirementsOf(calling).tryToLoadWithLog();
    }

    private static void put(ArgumentType argument, int register, Optional<FileDescriptor> map, List<Instruction> code) {
        switch (argument.kind()) {
            case CTX -> code.add(copy(register, 6));
            case CONST_MAP_PTR ->
                code.add(Instruction.lddw(
                        register, Opcode.BPF_PSEUDO_MAP_FD, map.orElseThrow().number()));
            case MAP_KEY, MAP_VALUE, MEM, STACK -> {
                code.add(copy(register, 10));
                code.add(
                        Instruction.of(Opcode.BPF_ALU64 | Opcode.BPF_ADD | Opcode.BPF_K, register, 0, 0, BUFFER_START));
            }
            case CONST_SIZE, CONST_SIZE_OR_ZERO, CONST_ALLOC_SIZE_OR_ZERO ->
                code.add(ProbeProgram.setRegister(register, SIZE));
            default -> code.add(ProbeProgram.setRegister(register, 0));
        }
    }

    private static Instruction copy(int to, int from) {
        return Instruction.of(Opcode.BPF_ALU64 | Opcode.BPF_MOV | Opcode.BPF_X, to, from, 0, 0);
    }
}
