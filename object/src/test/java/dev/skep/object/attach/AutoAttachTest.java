package dev.skep.object.attach;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skep.object.InputException;
import dev.skep.object.program.ProgramSpec;
import dev.skep.object.program.ProgramType;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What sections say about where to attach. */
class AutoAttachTest {
    private static Optional<AttachPoint> of(String section) {
        return AutoAttach.of(
                new ProgramSpec("f", section, ProgramType.UNSPEC, Optional.empty(), Optional.empty(), true, 0, 0));
    }

    @ParameterizedTest
    @CsvSource(delimiterString = "=>", textBlock = """
            tp/sched/sched_switch               => tracepoint sched/sched_switch
            tracepoint/syscalls/sys_enter_read  => tracepoint syscalls/sys_enter_read
            ?tp/sched/sched_switch              => tracepoint sched/sched_switch
            raw_tp/sched_switch                 => raw tracepoint sched_switch
            raw_tracepoint.w/bpf_test_finish    => raw tracepoint bpf_test_finish
            tp_btf/sched_switch                 => tp_btf/sched_switch
            fentry.s/vfs_read                   => fentry.s/vfs_read
            fentry                              => fentry
            lsm/file_open                       => lsm/file_open
            freplace/get_skb_len                => function get_skb_len
            kprobe/vfs_read                     => kprobe vfs_read
            kprobe/vfs_read+0x10                => kprobe vfs_read+0x10
            kretprobe/vfs_read                  => kretprobe vfs_read
            ksyscall/unlinkat                   => system call unlinkat
            kretsyscall/unlinkat                => return of system call unlinkat
            kprobe.multi/vfs_*                  => kernel functions vfs_*
            kretprobe.multi/vfs_*               => kernel functions vfs_* at their return
            kprobe.session/vfs_*                => kernel functions vfs_* at entry and return
            uprobe//bin/sh:main                 => uprobe /bin/sh:main
            uprobe.s/libc.so.6:malloc+0x4       => uprobe libc.so.6:malloc+0x4
            uprobe//bin/sh:0x1234               => uprobe /bin/sh:0x1234
            uretprobe/libc.so.6:malloc          => uretprobe libc.so.6:malloc
            uprobe/libc.so.6:memcpy@GLIBC_2.14  => uprobe libc.so.6:memcpy@GLIBC_2.14
            uprobe.multi/libc.so.6:mem*         => functions mem* of libc.so.6
            uprobe.session/libc.so.6:mem*       => functions mem* of libc.so.6 at entry and return
            usdt//lib/libjvm.so:hotspot:gc__begin => USDT hotspot:gc__begin of /lib/libjvm.so
            iter/task                           => iterator task
            iter.s/task                         => iterator task
            """)
    void theSectionNamesThePlace(String section, String place) {
        assertThat(of(section).map(AttachPoint::describe)).contains(place);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "kprobe",
                "kretprobe",
                "kprobe.multi",
                "uprobe",
                "uretprobe.s",
                "usdt",
                "ksyscall",
                "tp",
                "raw_tp",
                "perf_event",
                "xdp",
                "tc",
                "tcx/ingress",
                "netkit/peer",
                "cgroup/connect4",
                "cgroup_skb/ingress",
                "sockops",
                "sk_lookup",
                "socket",
                "struct_ops/cong_avoid",
                "iter",
                "iter/bpf_map_elem",
                "lsm_cgroup/socket_bind",
                "syscall",
                "netfilter",
                "flow_dissector",
                ".text"
            })
    void otherSectionsLeaveThePlaceToTheUser(String section) {
        assertThat(of(section)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "tp/sched_switch",
                "kprobe/vfs read",
                "kprobe/f+0x10z",
                "kretprobe/f+4",
                "kprobe.multi/a-b",
                "uprobe//bin/sh",
                "uretprobe//bin/sh:main+4",
                "uprobe.multi//bin/sh",
                "usdt/libc.so.6:setjmp",
                "kprobe/f+0xffffffffffffffffff"
            })
    void aPlaceThatCannotBeUnderstoodIsRefusedWithAnExample(String section) {
        assertThatThrownBy(() -> of(section)).isInstanceOf(InputException.class).hasMessageContaining("expected");
    }

    @Test
    void aRawOffsetNeedsNoSymbol() {
        assertThat(of("uretprobe//bin/sh:0x1234"))
                .contains(new ProbePoint.Uprobe("/bin/sh", "", 0x1234, OptionalInt.empty(), true, 0, 0, ProbeMode.ANY));
    }

    @ParameterizedTest
    @CsvSource({
        "vfs_*, vfs_read, true",
        "vfs_*, vfs_, true",
        "vfs_*, xvfs_read, false",
        "*_read, vfs_read, true",
        "a?c, abc, true",
        "a?c, ac, false",
        "*, '', true",
        "'', a, false",
        "a*b*c, aXbYbZc, true",
        "a*b*c, aXbYcZ, false"
    })
    void patternsMatchAsInAShell(String pattern, String name, boolean matches) {
        assertThat(new FunctionSelection.Matching(pattern).matches(name)).isEqualTo(matches);
    }

    @Test
    void longSelectionsAreDescribedShortly() {
        assertThat(new FunctionSelection.Named(List.of("a", "b", "c", "d")).describe())
                .isEqualTo("a and 3 others");
        assertThat(new FunctionSelection.At(List.of(16L, 32L)).describe()).isEqualTo("0x10, 0x20");
    }
}
