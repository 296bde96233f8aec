package dev.skep.cli.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skep.object.InputException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TargetTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "xdp:eth0 | XDP on eth0",
                "xdp-generic:eth0 | XDP on eth0",
                "tcx-ingress:eth0 | TCX ingress of eth0",
                "tc-egress:eth0 | TC egress of eth0",
                "netkit-peer:nk0 | netkit peer of nk0",
                "cgroup:/sys/fs/cgroup/a@b@cgroup_inet_egress | cgroup /sys/fs/cgroup/a@b",
                "netns:/run/netns/blue | network namespace /run/netns/blue",
                "netfilter-ipv4:local_in@-100 | netfilter ipv4 local_in at priority -100",
                "netfilter-ipv6:FORWARD | netfilter ipv6 forward at priority 0",
                "route:10.1.0.0/16@eth0 | route 10.1.0.0/16 through eth0",
                "perf:cpu_clock@99 | perf event CPU_CLOCK at 99 Hz",
                "tracepoint:sched/sched_switch | tracepoint sched/sched_switch",
                "raw_tracepoint:sched_switch | raw tracepoint sched_switch",
                "kprobe:vfs_read+0x4 | kprobe vfs_read+0x4",
                "kretprobe:vfs_read | kretprobe vfs_read",
                "kprobe.multi:vfs_* | kernel functions vfs_*",
                "ksyscall:unlinkat | system call unlinkat",
                "uprobe:/bin/bash:readline | uprobe /bin/bash:readline",
                "uretprobe:libc.so.6:malloc | uretprobe libc.so.6:malloc",
                "uprobe.multi:libc.so.6:mem* | functions mem* of libc.so.6",
                "usdt:libjvm.so:hotspot:gc__begin | USDT hotspot:gc__begin of libjvm.so",
                "iter:task | iterator task"
            })
    void aPlaceIsReadByItsFirstWord(String text, String place) {
        assertThat(Target.read(text).known().orElseThrow().describe()).isEqualTo(place);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "xpd:eth0 | there is no kind of place 'xpd'",
                "eth0 | there is no kind of place 'eth0'",
                "xdp | the place is not complete; write xdp:INTERFACE",
                "xdp: | the place is not complete; write xdp:INTERFACE",
                "cgroup:/a@nowhere | there is no hook 'nowhere'",
                "netfilter-ipv4:local_in@first | 'first' is no number",
                "perf:cpu_clock | how often is missing",
                "perf:nothing@9 | there is no event 'nothing'",
                "route:10.0.0.0/8 | the interface is missing",
                "tracepoint:sched_switch | expected the category and the name of a tracepoint",
                "iter:bpf_map_elem | more has to be said than 'bpf_map_elem'"
            })
    void whatIsWrongWithAPlaceIsSaid(String text, String problem) {
        assertThatThrownBy(() -> Target.read(text))
                .isInstanceOf(InputException.class)
                .hasMessageContaining(problem);
    }

    @Test
    void everyKindTakesSomePrograms() {
        assertThat(TargetKind.values())
                .allSatisfy(kind -> assertThat(Arrays.stream(dev.skep.object.program.ProgramType.values())
                                .filter(kind::takes))
                        .isNotEmpty());
    }

    @Test
    void aProgramCanBeNamed() {
        Attachment named = Attachment.read("count=uprobe:/opt/a=b/tool:main");
        assertThat(named.program()).contains("count");
        assertThat(named.target().orElseThrow().known().orElseThrow().describe())
                .isEqualTo("uprobe /opt/a=b/tool:main");
        assertThat(Attachment.read("uprobe:/opt/a=b/tool:main").program()).isEmpty();
        assertThat(Attachment.read("auto").target()).isEmpty();
    }
}
