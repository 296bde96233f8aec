package dev.skep.linux.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skep.linux.feature.Support;
import dev.skep.linux.machine.DescribedMachine;
import dev.skep.linux.machine.Machine;
import dev.skep.object.host.Errno;
import dev.skep.object.host.HostException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the doctor finds on machines that are healthy but for one thing. */
class DoctorTest {
    private static final String NO_CAPABILITIES = "0000000000000000";

    @TempDir
    Path root;

    private DescribedMachine machine;

    @BeforeEach
    void healthy() {
        machine = HealthyMachine.in(root);
    }

    private Doctor doctor() {
        return new Doctor(Machine.of(machine.files()), _ -> Support.AVAILABLE);
    }

    private List<Diagnosis> findings() {
        return doctor().examine().stream()
                .filter(diagnosis -> diagnosis.verdict() != Verdict.OK)
                .toList();
    }

    private Diagnosis onlyFinding() {
        assertThat(findings()).hasSize(1);
        return findings().getFirst();
    }

    @Test
    void aHealthyMachineHasNothing() {
        assertThat(findings()).isEmpty();
        assertThat(doctor().examine())
                .allSatisfy(diagnosis -> assertThat(diagnosis.evidence()).isNotBlank())
                .extracting(Diagnosis::finding)
                .doesNotHaveDuplicates();
    }

    @Test
    void anOrdinaryUserLacksCapabilities() {
        machine.with("/proc/self/status", HealthyMachine.status(NO_CAPABILITIES, HealthyMachine.ALL_CAPABILITIES, 0));

        Diagnosis diagnosis = findings().getFirst();
        assertThat(diagnosis.finding()).isEqualTo(Finding.CAPABILITIES);
        assertThat(diagnosis.verdict()).isEqualTo(Verdict.PROBLEM);
        assertThat(diagnosis.evidence())
                .contains("lacks CAP_NET_ADMIN, CAP_PERFMON, CAP_BPF", "kernel.unprivileged_bpf_disabled = 2");
        assertThat(diagnosis.remedy()).contains("root", "AmbientCapabilities=CAP_NET_ADMIN CAP_PERFMON CAP_BPF");
        assertThat(findings())
                .extracting(Diagnosis::finding)
                .containsExactly(Finding.CAPABILITIES, Finding.PERF_EVENT_PARANOID, Finding.KERNEL_ADDRESSES);
    }

    @Test
    void aContainerMustBeStartedWithTheCapabilities() {
        machine.with("/proc/self/status", HealthyMachine.status("00000000a80425fb", "00000000a80425fb", 0));

        assertThat(findings().getFirst().remedy())
                .contains("container")
                .contains("--cap-add NET_ADMIN --cap-add PERFMON --cap-add BPF");
    }

    @Test
    void systemAdministrationStandsForBpfAndPerfmonButNotForNetworking() {
        machine.with(
                "/proc/self/status", HealthyMachine.status("0000000400200000", HealthyMachine.ALL_CAPABILITIES, 0));
        assertThat(onlyFinding().evidence()).contains("lacks CAP_NET_ADMIN").doesNotContain("CAP_BPF");
    }

    @Test
    void beforeLinux58SystemAdministrationIsAskedFor() {
        // CAP_BPF and CAP_PERFMON alone, which mean nothing to such a kernel.
        machine.with("/proc/sys/kernel/osrelease", "5.4.0\n")
                .with(
                        "/proc/self/status",
                        HealthyMachine.status("000000c000001000", HealthyMachine.ALL_CAPABILITIES, 0));
        assertThat(findings())
                .filteredOn(diagnosis -> diagnosis.finding() == Finding.CAPABILITIES)
                .singleElement()
                .extracting(Diagnosis::evidence)
                .asString()
                .contains("lacks CAP_SYS_ADMIN");
    }

    @Test
    void aUserNamespaceTakesTheCapabilitiesAway() {
        machine.with("/proc/self/uid_map", "         0       1000          1\n");
        assertThat(onlyFinding().finding()).isEqualTo(Finding.USER_NAMESPACE);
        assertThat(onlyFinding().evidence()).isEqualTo("/proc/self/uid_map: 0 1000 1");
    }

    @Test
    void aFilterOfSystemCallsIsSeen() {
        machine.with(
                "/proc/self/status",
                HealthyMachine.status(HealthyMachine.ALL_CAPABILITIES, HealthyMachine.ALL_CAPABILITIES, 2));
        assertThat(onlyFinding().finding()).isEqualTo(Finding.SECCOMP);
        assertThat(onlyFinding().evidence()).contains("Seccomp: 2");
    }

    @Test
    void lockdownIsReadWhereverItIsSaid() {
        machine.with("/sys/kernel/security/lockdown", "none integrity [confidentiality]\n");
        assertThat(onlyFinding().verdict()).isEqualTo(Verdict.PROBLEM);
        assertThat(onlyFinding().consequence()).contains("no kprobes");

        machine.without("/sys/kernel/security/lockdown").with("/proc/cmdline", "quiet lockdown=integrity ro\n");
        assertThat(onlyFinding().finding()).isEqualTo(Finding.LOCKDOWN);
        assertThat(onlyFinding().verdict()).isEqualTo(Verdict.WARNING);

        machine.without("/proc/cmdline").with("/proc/config.gz", "CONFIG_LOCK_DOWN_KERNEL_FORCE_CONFIDENTIALITY=y\n");
        assertThat(findings())
                .filteredOn(diagnosis -> diagnosis.finding() == Finding.LOCKDOWN)
                .singleElement()
                .satisfies(diagnosis -> assertThat(diagnosis.evidence())
                        .isEqualTo("/proc/config.gz: CONFIG_LOCK_DOWN_KERNEL_FORCE_CONFIDENTIALITY=y"));
    }

    @Test
    void bpfMustBeAmongTheSecurityModules() {
        machine.with("/sys/kernel/security/lsm", "lockdown,capability,apparmor");
        assertThat(onlyFinding().finding()).isEqualTo(Finding.BPF_LSM);
        assertThat(onlyFinding().remedy()).isEqualTo("boot with lsm=lockdown,capability,apparmor,bpf");
    }

    @Test
    void missingMountsAreFoundWithTheCommandThatMountsThem() {
        machine.with("/proc/self/mountinfo", "22 27 0:21 / /proc rw,relatime - proc proc rw\n");
        assertThat(findings())
                .extracting(Diagnosis::finding)
                .containsExactly(Finding.BPFFS, Finding.TRACEFS, Finding.CGROUP2);
        assertThat(findings().get(0).remedy()).isEqualTo("skep doctor --mount, or: mount -t bpf bpf /sys/fs/bpf");
        assertThat(findings().get(1).remedy()).contains("mount -t tracefs tracefs /sys/kernel/tracing");
    }

    @Test
    void aKernelWithoutItsTypesIsFoundWithTheOptionThatIsMissing() {
        machine.without("/sys/kernel/btf/vmlinux");
        assertThat(onlyFinding().evidence()).isEqualTo("/sys/kernel/btf/vmlinux is not there");

        machine.with("/boot/config-6.12.9", "CONFIG_BPF_SYSCALL=y\n");
        assertThat(findings())
                .extracting(Diagnosis::evidence)
                .contains("/sys/kernel/btf/vmlinux is not there, and CONFIG_DEBUG_INFO_BTF is not set");
    }

    @Test
    void programsThatAreInterpretedAreNoticed() {
        machine.with("/proc/sys/net/core/bpf_jit_enable", "0\n");
        assertThat(onlyFinding().remedy()).isEqualTo("sysctl net.core.bpf_jit_enable=1");
    }

    @Test
    void missingOptionsAreNamedWithWhatTheyAreFor() {
        machine.with("/proc/config.gz", "CONFIG_BPF_SYSCALL=y\n");
        assertThat(onlyFinding().finding()).isEqualTo(Finding.KERNEL_OPTIONS);
        assertThat(onlyFinding().evidence()).startsWith("/proc/config.gz: not set: CONFIG_BPF_JIT, CONFIG_CGROUP_BPF");
        assertThat(onlyFinding().consequence()).contains("programs for control groups");
    }

    @Test
    void aMachineThatDoesNotTellItsConfigurationIsNoticed() {
        machine.without("/boot/config-6.12.9");
        assertThat(onlyFinding().finding()).isEqualTo(Finding.KERNEL_OPTIONS);
        assertThat(onlyFinding().evidence()).contains("/boot/config-6.12.9");
    }

    @Test
    void lockedMemoryMattersOnlyBeforeLinux511AndToThoseWhoMayNotRaiseIt() {
        machine.with("/proc/self/limits", HealthyMachine.limits("65536"));
        assertThat(findings()).isEmpty();

        machine.with("/proc/sys/kernel/osrelease", "5.10.200\n").with("/boot/config-5.10.200", "CONFIG_BPF=y\n");
        assertThat(findings()).extracting(Diagnosis::finding).doesNotContain(Finding.MEMORY_LOCK);

        String withoutResources = "000001fffeffffff";
        machine.with("/proc/self/status", HealthyMachine.status(withoutResources, withoutResources, 0));
        assertThat(findings())
                .filteredOn(diagnosis -> diagnosis.finding() == Finding.MEMORY_LOCK)
                .singleElement()
                .extracting(Diagnosis::evidence)
                .asString()
                .contains("Max locked memory 65536 bytes", "CAP_SYS_RESOURCE");

        machine.with("/proc/self/limits", HealthyMachine.limits("unlimited"));
        assertThat(findings()).extracting(Diagnosis::finding).doesNotContain(Finding.MEMORY_LOCK);
    }

    @Test
    void smallLimitsAreNoticed() {
        machine.with("/sys/fs/cgroup/user.slice/memory.max", "33554432\n");
        assertThat(onlyFinding().evidence()).isEqualTo("/sys/fs/cgroup/user.slice/memory.max: 32 MiB");

        machine.with("/sys/fs/cgroup/user.slice/memory.max", "max\n")
                .with(
                        "/proc/self/limits",
                        "Max open files            64                   64                   files\n");
        assertThat(onlyFinding().finding()).isEqualTo(Finding.OPEN_FILES);
    }

    @Test
    void hiddenAddressesAreNoticed() {
        machine.with("/proc/sys/kernel/kptr_restrict", "2\n");
        assertThat(onlyFinding().finding()).isEqualTo(Finding.KERNEL_ADDRESSES);
    }

    @Test
    void anOldKernelIsNoticed() {
        machine.with("/proc/sys/kernel/osrelease", "4.19.100\n").with("/boot/config-4.19.100", "CONFIG_BPF=y\n");
        assertThat(findings()).extracting(Diagnosis::finding).contains(Finding.KERNEL_RELEASE);
    }

    @Test
    void aRefusedSystemCallComesFirst() {
        Doctor doctor = new Doctor(Machine.of(machine.files()), _ -> new Support.Unknown("the kernel answers EPERM"));
        Diagnosis first = doctor.examine().getFirst();
        assertThat(first.verdict()).isEqualTo(Verdict.PROBLEM);
        assertThat(first.evidence()).isEqualTo("bpf(2) was asked to create a map: the kernel answers EPERM");
    }

    @Test
    void whatTheKernelRefusesToTheMightyIsItsPolicy() {
        Support refused = new Support.Missing("the kernel answers EPERM");
        List<Diagnosis> findings = new Doctor(
                        Machine.of(machine.files()),
                        attempt -> attempt == Doctor.Attempt.CREATE_MAP ? Support.AVAILABLE : refused)
                .examine().stream()
                        .filter(diagnosis -> diagnosis.verdict() != Verdict.OK)
                        .toList();

        assertThat(findings).singleElement().satisfies(diagnosis -> {
            assertThat(diagnosis.finding()).isEqualTo(Finding.KERNEL_POLICY);
            assertThat(diagnosis.evidence())
                    .isEqualTo("LSM programs: the kernel answers EPERM; fentry programs: the kernel answers EPERM");
        });
    }

    @Test
    void anErrorAloneIsExplainedByWhatIsWrongHere() {
        machine.with("/proc/self/status", HealthyMachine.status(NO_CAPABILITIES, HealthyMachine.ALL_CAPABILITIES, 2))
                .with("/proc/sys/net/core/bpf_jit_enable", "0\n");

        Stream<Finding> causes =
                doctor().explain(new HostException(Errno.EPERM, "no")).stream().map(Diagnosis::finding);
        assertThat(causes).containsExactly(Finding.CAPABILITIES, Finding.SECCOMP, Finding.PERF_EVENT_PARANOID);
        assertThat(doctor().explain(new HostException(Errno.EINVAL, "no")))
                .extracting(Diagnosis::finding)
                .containsExactly(Finding.CAPABILITIES);
    }

    @Test
    void aMachineWithoutProcIsExaminedAllTheSame() {
        DescribedMachine bare =
                new DescribedMachine(root.resolve("bare")).with("/proc/sys/kernel/osrelease", "6.1.0\n");
        List<Diagnosis> diagnoses = new Doctor(Machine.of(bare.files()), _ -> Support.AVAILABLE).examine();
        assertThat(diagnoses)
                .filteredOn(diagnosis -> diagnosis.verdict() == Verdict.PROBLEM)
                .extracting(Diagnosis::finding)
                .containsExactly(Finding.CAPABILITIES, Finding.BPFFS, Finding.TRACEFS, Finding.KERNEL_TYPES);
    }
}
