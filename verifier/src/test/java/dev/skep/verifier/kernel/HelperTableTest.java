package dev.skep.verifier.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skep.object.KernelVersion;
import dev.skep.object.program.AttachType;
import dev.skep.object.program.HelperId;
import dev.skep.object.program.ProgramType;
import dev.skep.verifier.kernel.ArgumentType.Kind;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class HelperTableTest {
    private static final KernelVersion NEW = KernelVersion.of("6.18");

    private static HelperLookup lookup(HelperId id, ProgramKind program) {
        return HelperTable.lookup(id, program, NEW);
    }

    private static HelperPrototype prototype(HelperId id, ProgramKind program) {
        return ((HelperLookup.Available) lookup(id, program)).prototype();
    }

    @ParameterizedTest
    @EnumSource(value = HelperId.class, mode = EnumSource.Mode.EXCLUDE, names = "UNSPEC")
    void everyHelperHasAPrototypeAndCallers(HelperId id) {
        List<HelperRule> rules = HelperTable.rules(id);

        assertThat(rules).isNotEmpty();
        for (HelperRule rule : rules) {
            assertThat(rule.callers()).isNotEmpty();
            assertThat(rule.prototype().arguments()).hasSizeLessThanOrEqualTo(5);
        }
    }

    @ParameterizedTest
    @EnumSource(value = HelperId.class, mode = EnumSource.Mode.EXCLUDE, names = "UNSPEC")
    void aSizeFollowsMemoryOfNoFixedSize(HelperId id) {
        for (HelperRule rule : HelperTable.rules(id)) {
            List<ArgumentType> arguments = rule.prototype().arguments();
            for (int i = 0; i < arguments.size(); i++) {
                boolean sized = i + 1 < arguments.size() && arguments.get(i + 1).isMemorySize();
                boolean needsSize =
                        arguments.get(i).kind() == Kind.MEM && !arguments.get(i).is(TypeModifier.FIXED_SIZE);
                assertThat(sized).as("%s, argument %d", id, i + 1).isEqualTo(needsSize);
                assertThat(arguments.get(i).size() > 0)
                        .isEqualTo(arguments.get(i).is(TypeModifier.FIXED_SIZE));
            }
        }
    }

    @ParameterizedTest
    @EnumSource(value = HelperId.class, mode = EnumSource.Mode.EXCLUDE, names = "UNSPEC")
    void noCallerMayCallBeforeTheHelperIsThere(HelperId id) {
        for (HelperRule rule : HelperTable.rules(id)) {
            for (Callers callers : rule.callers()) {
                callers.since().ifPresent(since -> assertThat(since).isGreaterThan(id.since()));
            }
        }
    }

    @Test
    void whatAHelperTakesDependsOnTheProgram() {
        assertThat(prototype(HelperId.SK_STORAGE_GET, ProgramKind.of(ProgramType.SCHED_CLS))
                        .arguments()
                        .get(1)
                        .kind())
                .isEqualTo(Kind.BTF_ID_SOCK_COMMON);
        assertThat(prototype(HelperId.SK_STORAGE_GET, ProgramKind.of(ProgramType.TRACING, AttachType.TRACE_ITER))
                        .arguments()
                        .get(1)
                        .btfTypes())
                .containsExactly("sock_common");
    }

    @Test
    void theAttachTypeDecidesToo() {
        ProgramKind connect = ProgramKind.of(ProgramType.CGROUP_SOCK_ADDR, AttachType.CGROUP_INET4_CONNECT);
        ProgramKind receive = ProgramKind.of(ProgramType.CGROUP_SOCK_ADDR, AttachType.CGROUP_UDP4_RECVMSG);

        assertThat(lookup(HelperId.BIND, connect)).isInstanceOf(HelperLookup.Available.class);
        assertThat(lookup(HelperId.BIND, receive)).isInstanceOf(HelperLookup.NotForProgram.class);
        assertThat(lookup(HelperId.GET_RETVAL, connect)).isInstanceOf(HelperLookup.Available.class);
        assertThat(lookup(HelperId.GET_RETVAL, receive)).isInstanceOf(HelperLookup.NotForProgram.class);
    }

    @Test
    void theAttachTypeIsTheKernelsDefaultIfNoneIsGiven() {
        assertThat(lookup(HelperId.GET_RETVAL, ProgramKind.of(ProgramType.CGROUP_SOCK)))
                .isInstanceOf(HelperLookup.Available.class);
        assertThat(lookup(HelperId.GET_RETVAL, ProgramKind.of(ProgramType.CGROUP_DEVICE)))
                .isInstanceOf(HelperLookup.NotForProgram.class);
    }

    @Test
    void theTargetDecidesToo() {
        ProgramKind open = new ProgramKind(
                ProgramType.TRACING, Optional.of(AttachType.TRACE_FENTRY), false, Optional.of("dentry_open"));
        ProgramKind unlink = new ProgramKind(
                ProgramType.TRACING, Optional.of(AttachType.TRACE_FENTRY), false, Optional.of("do_unlinkat"));

        assertThat(lookup(HelperId.D_PATH, open)).isInstanceOf(HelperLookup.Available.class);
        assertThat(lookup(HelperId.D_PATH, unlink)).isEqualTo(new HelperLookup.NotForTarget(HelperId.D_PATH));
    }

    @Test
    void aHelperIsTooNewForAnOldKernelAndSaysSinceWhen() {
        ProgramKind xdp = ProgramKind.of(ProgramType.XDP);

        assertThat(HelperTable.lookup(HelperId.LOOP, xdp, KernelVersion.of("5.15")))
                .isEqualTo(new HelperLookup.TooNew(HelperId.LOOP, KernelVersion.of("5.17")));
        assertThat(HelperTable.lookup(HelperId.GET_CURRENT_COMM, xdp, KernelVersion.of("6.12")))
                .isEqualTo(new HelperLookup.TooNew(HelperId.GET_CURRENT_COMM, KernelVersion.of("6.16")));
        assertThat(lookup(HelperId.GET_CURRENT_COMM, xdp)).isInstanceOf(HelperLookup.Available.class);
    }

    @Test
    void whoMayCallItIsTold() {
        HelperLookup.NotForProgram answer =
                (HelperLookup.NotForProgram) lookup(HelperId.XDP_ADJUST_HEAD, ProgramKind.of(ProgramType.SCHED_CLS));

        assertThat(answer.allowed()).containsExactly(ProgramType.XDP);
    }

    @Test
    void aNumberBeyondTheLastHelperIsUnknown() {
        assertThat(KernelModel.newest().helper(212, ProgramKind.of(ProgramType.XDP)))
                .isEqualTo(new HelperLookup.Unknown(212));
        assertThat(KernelModel.newest().helper(0, ProgramKind.of(ProgramType.XDP)))
                .isEqualTo(new HelperLookup.Unknown(0));
    }
}
