package dev.skep.linux.feature;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skep.linux.bpf.BpfAttrLayout.MapCreate;
import dev.skep.linux.machine.KernelRelease;
import dev.skep.linux.system.FileDescriptor;
import dev.skep.object.instruction.Instruction;
import dev.skep.object.instruction.Opcode;
import dev.skep.object.map.MapType;
import dev.skep.object.program.ProgramType;
import dev.skep.testkit.NeedsBpf;
import dev.skep.verifier.kernel.KernelModel;
import dev.skep.verifier.kernel.ProgramKind;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The verifier's model and the running kernel agree on which maps a sleepable program may use. */
@NeedsBpf
class SleepableMapModelTest {
    private static final int NO_PREALLOCATION = 1; // BPF_F_NO_PREALLOC, linux/bpf.h
    private static final int LPM_KEY_SIZE = 8;
    private static final int PAGES = 64 << 10;

    @ParameterizedTest
    @EnumSource(
            value = MapType.class,
            names = {
                "HASH",
                "ARRAY",
                "PROG_ARRAY",
                "PERF_EVENT_ARRAY",
                "PERCPU_HASH",
                "PERCPU_ARRAY",
                "CGROUP_ARRAY",
                "LRU_HASH",
                "LRU_PERCPU_HASH",
                "LPM_TRIE",
                "STACK_TRACE",
                "ARRAY_OF_MAPS",
                "HASH_OF_MAPS",
                "DEVMAP",
                "SOCKMAP",
                "CPUMAP",
                "XSKMAP",
                "SOCKHASH",
                "REUSEPORT_SOCKARRAY",
                "QUEUE",
                "STACK",
                "DEVMAP_HASH",
                "RINGBUF",
                "BLOOM_FILTER",
                "USER_RINGBUF",
                "SK_STORAGE",
                "TASK_STORAGE"
            })
    void onMapsOfSleepablePrograms(MapType type) {
        KernelModel model = KernelModel.of(KernelRelease.running().version());
        ProgramKind program = new ProgramKind(ProgramType.SYSCALL, Optional.empty(), true, Optional.empty());

        try (FileDescriptor map = create(type)) {
            Answer answer = ProgramTypeProbes.requirementsOf(ProbeProgram.of(
                            ProgramType.SYSCALL,
                            Instruction.lddw(1, Opcode.BPF_PSEUDO_MAP_FD, map.number()),
                            ProbeProgram.setRegister(0, 0),
                            ProbeProgram.exit()))
                    .tryToLoadWithLog();

            assertThat(answer.succeeded()).as(answer.log()).isEqualTo(model.mayUseMap(program, type));
        }
    }

    private static FileDescriptor create(MapType type) {
        return switch (type) {
            case STACK_TRACE -> ProbeMap.of(type, 4, 8, 1).create();
            case LPM_TRIE ->
                ProbeMap.of(type, LPM_KEY_SIZE, 8, 1)
                        .withFlags(NO_PREALLOCATION)
                        .create();
            case QUEUE, STACK, BLOOM_FILTER -> ProbeMap.of(type, 0, 4, 1).create();
            case RINGBUF, USER_RINGBUF -> ProbeMap.of(type, 0, 0, PAGES).create();
            case SK_STORAGE, TASK_STORAGE -> localStorage(type);
            case ARRAY_OF_MAPS, HASH_OF_MAPS -> mapOfMaps(type);
            default -> ProbeMap.of(type, 4, 4, 1).create();
        };
    }

    private static FileDescriptor localStorage(MapType type) {
        try (FileDescriptor btf = ProbeBtf.of(ProbeBtf.INT).load()) {
            return ProbeMap.of(type, 4, 4, 0)
                    .withFlags(NO_PREALLOCATION)
                    .with(attr -> attr.set(MapCreate.BTF_FD, btf.number())
                            .set(MapCreate.BTF_KEY_TYPE_ID, 1)
                            .set(MapCreate.BTF_VALUE_TYPE_ID, 1))
                    .create();
        }
    }

    private static FileDescriptor mapOfMaps(MapType type) {
        try (FileDescriptor inner = ProbeMap.array().create()) {
            return ProbeMap.of(type, 4, 4, 1)
                    .with(attr -> attr.set(MapCreate.INNER_MAP_FD, inner.number()))
                    .create();
        }
    }
}
