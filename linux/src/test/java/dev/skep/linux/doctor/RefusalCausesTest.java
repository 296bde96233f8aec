package dev.skep.linux.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skep.linux.feature.Support;
import dev.skep.linux.machine.DescribedMachine;
import dev.skep.linux.machine.Machine;
import dev.skep.object.host.Errno;
import dev.skep.object.map.MapType;
import dev.skep.object.program.AttachType;
import dev.skep.object.program.ProgramType;
import dev.skep.testkit.NeedsBpf;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is said about one refused operation. */
class RefusalCausesTest {
    private static final String NOTHING = "0000000000000000";
    private static final Operation LOAD_XDP = new Operation.LoadProgram(ProgramType.XDP, Optional.empty());
    private static final Operation LOAD_FENTRY =
            new Operation.LoadProgram(ProgramType.TRACING, Optional.of(AttachType.TRACE_FENTRY));

    @TempDir
    Path root;

    private DescribedMachine machine;

    @BeforeEach
    void healthy() {
        machine = HealthyMachine.in(root);
    }

    private List<Diagnosis> explain(Operation operation, Errno errno) {
        return new Doctor(Machine.of(machine.files()), _ -> Support.AVAILABLE).explain(operation, errno);
    }

    private Diagnosis first(Operation operation, Errno errno) {
        return explain(operation, errno).getFirst();
    }

    private void capabilities(String effective) {
        machine.with("/proc/self/status", HealthyMachine.status(effective, HealthyMachine.ALL_CAPABILITIES, 0));
    }

    @ParameterizedTest
    @CsvSource({
        "SOCKET_FILTER, CAP_BPF",
        "XDP, 'CAP_NET_ADMIN, CAP_BPF'",
        "KPROBE, 'CAP_PERFMON, CAP_BPF'",
        "TRACING, 'CAP_PERFMON, CAP_BPF'",
        "CGROUP_SKB, CAP_BPF",
        "CGROUP_SOCK_ADDR, 'CAP_NET_ADMIN, CAP_BPF'",
        "EXT, 'CAP_NET_ADMIN, CAP_PERFMON, CAP_BPF'",
    })
    void aProgramAsksForTheCapabilitiesOfItsType(ProgramType type, String lacking) {
        capabilities(NOTHING);
        assertThat(first(new Operation.LoadProgram(type, Optional.empty()), Errno.EPERM)
                        .evidence())
                .startsWith("/proc/self/status: this process lacks " + lacking + ", and only");
    }

    @Test
    void onlyWhatIsLackingIsNamed() {
        capabilities("000000c000000000"); // CAP_BPF and CAP_PERFMON
        assertThat(explain(new Operation.LoadProgram(ProgramType.KPROBE, Optional.empty()), Errno.EPERM))
                .extracting(Diagnosis::finding)
                .containsExactly(Finding.KERNEL_POLICY);
        assertThat(first(LOAD_XDP, Errno.EPERM).evidence()).contains("lacks CAP_NET_ADMIN,");
        assertThat(first(new Operation.Administer(), Errno.EPERM).evidence()).contains("lacks CAP_SYS_ADMIN");
        assertThat(first(new Operation.CreateMap(MapType.SOCKMAP), Errno.EPERM).evidence())
                .contains("lacks CAP_NET_ADMIN,");
    }

    @Test
    void beforeLinux511ALimitOnLockedMemoryLooksLikeAMissingPrivilege() {
        machine.with("/proc/sys/kernel/osrelease", "5.10.2\n")
                .with("/proc/self/limits", HealthyMachine.limits("65536"));
        capabilities("000001fffeffffff");
        assertThat(explain(new Operation.CreateMap(MapType.HASH), Errno.EPERM))
                .extracting(Diagnosis::finding)
                .containsExactly(Finding.MEMORY_LOCK);
    }

    @Test
    void withAllCapabilitiesTheKernelsOwnProtectionIsLikely() {
        assertThat(first(LOAD_FENTRY, Errno.EPERM).finding()).isEqualTo(Finding.KERNEL_POLICY);
        assertThat(first(LOAD_FENTRY, Errno.EPERM).evidence())
                .isEqualTo("this process has what Linux asks for (CAP_PERFMON, CAP_BPF)");

        machine.with("/sys/kernel/security/lockdown", "none [integrity] confidentiality\n");
        assertThat(first(LOAD_FENTRY, Errno.EPERM).sentence())
                .contains("this process has what Linux asks for", "locked down", "[integrity]");
    }

    @Test
    void aProgramThatTheVerifierRefusesIsNotAMatterOfPrivilege() {
        assertThat(explain(LOAD_XDP, Errno.EACCES)).isEmpty();
    }

    @Test
    void aMissingOptionIsNamed() {
        machine.with("/proc/config.gz", "CONFIG_BPF_EVENTS=y\nCONFIG_DEBUG_INFO_BTF=y\n");
        assertThat(explain(LOAD_FENTRY, Errno.EINVAL))
                .filteredOn(diagnosis -> diagnosis.finding() == Finding.KERNEL_OPTIONS)
                .extracting(Diagnosis::evidence)
                .containsExactly("/proc/config.gz: CONFIG_FUNCTION_TRACER is not set");
    }

    @Test
    void withoutTypesWhatGoesByTypesFails() {
        machine.without("/sys/kernel/btf/vmlinux");
        assertThat(explain(LOAD_FENTRY, Errno.EINVAL))
                .extracting(Diagnosis::finding)
                .contains(Finding.KERNEL_TYPES);
        assertThat(explain(LOAD_XDP, Errno.EINVAL))
                .extracting(Diagnosis::finding)
                .doesNotContain(Finding.KERNEL_TYPES);
    }

    @Test
    @NeedsBpf
    void whatTheRunningKernelLacksIsNamed() {
        // The kernel itself is asked, whatever the files are made to say; no kernel has programs of no type.
        assertThat(explain(new Operation.LoadProgram(ProgramType.UNSPEC, Optional.empty()), Errno.EINVAL))
                .extracting(Diagnosis::finding)
                .contains(Finding.MISSING_FEATURE);
    }

    @Test
    void missingMountsExplainMissingFiles() {
        machine.with("/proc/self/mountinfo", "22 27 0:21 / /proc rw,relatime - proc proc rw\n");
        assertThat(first(new Operation.Pin(), Errno.ENOENT).finding()).isEqualTo(Finding.BPFFS);
        assertThat(first(new Operation.OpenPerfEvent(), Errno.ENOENT).finding()).isEqualTo(Finding.TRACEFS);
    }

    @Test
    void tooLargeIsExplainedForEachKernel() {
        assertThat(first(LOAD_XDP, Errno.E2BIG).consequence()).contains("a million instructions");
        assertThat(first(new Operation.LoadTypes(), Errno.E2BIG).consequence()).contains("does not know a setting");

        machine.with("/proc/sys/kernel/osrelease", "4.19.0\n");
        assertThat(first(LOAD_XDP, Errno.E2BIG).consequence()).contains("at most 4096 instructions");
    }

    @Test
    void aKernelWithoutTheSystemCallIsRecognised() {
        machine.with("/proc/config.gz", "CONFIG_BPF=y\n");
        assertThat(first(LOAD_XDP, Errno.ENOSYS).evidence()).contains("CONFIG_BPF_SYSCALL is not set");
    }

    @Test
    void descriptorsRunOut() {
        assertThat(first(LOAD_XDP, Errno.EMFILE).evidence()).isEqualTo("/proc/self/limits: Max open files 1024");
    }

    @Test
    void otherErrorsSayThemselvesWhatIsWrong() {
        assertThat(explain(LOAD_XDP, Errno.EBUSY)).isEmpty();
    }
}
