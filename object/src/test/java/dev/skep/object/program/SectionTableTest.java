package dev.skep.object.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SectionTableTest {
    @ParameterizedTest
    @CsvSource({
        "xdp, XDP, XDP, , 0",
        "xdp.frags, XDP, XDP, , 32",
        "xdp/devmap, XDP, XDP_DEVMAP, , 0",
        "xdp.frags/cpumap, XDP, XDP_CPUMAP, , 32",
        "tp/sched/sched_switch, TRACEPOINT, , sched/sched_switch, 0",
        "tracepoint, TRACEPOINT, , , 0",
        "kprobe/do_unlinkat, KPROBE, , do_unlinkat, 0",
        "uprobe.s//usr/bin/bash:readline, KPROBE, , /usr/bin/bash:readline, 16",
        "kprobe.multi/tcp_*, KPROBE, TRACE_KPROBE_MULTI, tcp_*, 0",
        "uprobe.session.s/a:b, KPROBE, TRACE_UPROBE_SESSION, a:b, 16",
        "usdt.s/libc.so.6:libc:setjmp, KPROBE, , libc.so.6:libc:setjmp, 16",
        "fentry/vfs_read, TRACING, TRACE_FENTRY, vfs_read, 0",
        "fexit.s/nf_conntrack:nf_ct_get, TRACING, TRACE_FEXIT, nf_conntrack:nf_ct_get, 16",
        "fsession/vfs_read, TRACING, TRACE_FSESSION, vfs_read, 0",
        "iter.s/task, TRACING, TRACE_ITER, task, 16",
        "lsm.s/file_open, LSM, LSM_MAC, file_open, 16",
        "lsm_cgroup/socket_bind, LSM, LSM_CGROUP, socket_bind, 0",
        "freplace/old, EXT, , old, 0",
        "raw_tp.w/sys_enter, RAW_TRACEPOINT_WRITABLE, , sys_enter, 0",
        "struct_ops.s/init, STRUCT_OPS, , init, 16",
        "syscall, SYSCALL, , , 16",
        "tcx/egress, SCHED_CLS, TCX_EGRESS, , 0",
        "netkit/peer, SCHED_CLS, NETKIT_PEER, , 0",
        "sk_reuseport/migrate, SK_REUSEPORT, SK_REUSEPORT_SELECT_OR_MIGRATE, , 0",
        "cgroup/connect_unix, CGROUP_SOCK_ADDR, CGROUP_UNIX_CONNECT, , 0",
        "netfilter, NETFILTER, NETFILTER, , 0",
    })
    void aSectionNameSaysTypeAttachTypeTargetAndFlags(
            String section, ProgramType type, AttachType attachType, String target, int flags) {
        SectionTable.Meaning meaning = SectionTable.lookup(section).orElseThrow();
        assertThat(meaning.definition().programType()).isEqualTo(type);
        assertThat(meaning.definition().expectedAttachType()).isEqualTo(Optional.ofNullable(attachType));
        assertThat(meaning.target()).isEqualTo(Optional.ofNullable(target));
        assertThat(meaning.definition().programFlags()).isEqualTo(flags);
        assertThat(meaning.autoload()).isTrue();
    }

    @Test
    void aQuestionMarkMeansNotLoadedUnlessAskedFor() {
        SectionTable.Meaning meaning = SectionTable.lookup("?kprobe/do_exit").orElseThrow();
        assertThat(meaning.autoload()).isFalse();
        assertThat(meaning.target()).contains("do_exit");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"xdp/filter", "xdp2", "kprobes", "tc/foo", "fentryx", "classifier/x", "", "?", ".text", "cgroup"
            })
    void namesThatOnlyResembleAKnownOneMeanNothing(String section) {
        assertThat(SectionTable.lookup(section)).isEmpty();
    }

    @Test
    void everyNameIsThereOnceAndFindsItself() {
        assertThat(SectionTable.definitions()).hasSize(105).doesNotHaveDuplicates();
        assertThat(SectionTable.definitions())
                .allSatisfy(d -> assertThat(
                                SectionTable.lookup(d.name()).orElseThrow().definition())
                        .isEqualTo(d));
    }

    /** {@code libbpf_prog_type_by_name}; the installed libbpf may be older and know fewer names. */
    @Test
    void libbpfAgreesAsFarAsItKnowsTheNames() throws Throwable {
        try (Arena arena = Arena.ofConfined()) {
            Optional<MethodHandle> byName = libbpf(arena);
            assumeTrue(byName.isPresent(), "not installed: libbpf.so.1");
            MemorySegment type = arena.allocate(ValueLayout.JAVA_INT);
            MemorySegment attachType = arena.allocate(ValueLayout.JAVA_INT);
            Set<String> known = new HashSet<>();
            for (SectionDefinition definition : SectionTable.definitions()) {
                int error = (int) byName.get().invokeExact(arena.allocateFrom(definition.name()), type, attachType);
                if (error == 0) {
                    known.add(definition.name());
                    assertThat(ProgramType.of(type.get(ValueLayout.JAVA_INT, 0)))
                            .as(definition.name())
                            .contains(definition.programType());
                    assertThat(attachType.get(ValueLayout.JAVA_INT, 0))
                            .as(definition.name())
                            .isEqualTo(definition
                                    .expectedAttachType()
                                    .map(AttachType::number)
                                    .orElse(0));
                }
            }
            assertThat(known).hasSizeGreaterThan(80);
        }
    }

    private static Optional<MethodHandle> libbpf(Arena arena) {
        return Stream.of("libbpf.so.1", "/usr/lib/x86_64-linux-gnu/libbpf.so.1")
                .flatMap(name -> load(name, arena).stream())
                .flatMap(library -> library.find("libbpf_prog_type_by_name").stream())
                .map(address -> Linker.nativeLinker()
                        .downcallHandle(
                                address,
                                FunctionDescriptor.of(
                                        ValueLayout.JAVA_INT,
                                        ValueLayout.ADDRESS,
                                        ValueLayout.ADDRESS,
                                        ValueLayout.ADDRESS)))
                .findFirst();
    }

    private static Optional<SymbolLookup> load(String name, Arena arena) {
        try {
            return Optional.of(SymbolLookup.libraryLookup(name, arena));
        } catch (IllegalArgumentException notThere) {
            return Optional.empty();
        }
    }
}
