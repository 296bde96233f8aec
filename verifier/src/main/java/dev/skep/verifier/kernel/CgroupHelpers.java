package dev.skep.verifier.kernel;

import static dev.skep.object.program.AttachType.LSM_CGROUP;
import static dev.skep.object.program.HelperId.CURRENT_TASK_UNDER_CGROUP;
import static dev.skep.object.program.HelperId.GET_CGROUP_CLASSID;
import static dev.skep.object.program.HelperId.GET_CURRENT_ANCESTOR_CGROUP_ID;
import static dev.skep.object.program.HelperId.GET_CURRENT_CGROUP_ID;
import static dev.skep.object.program.HelperId.GET_RETVAL;
import static dev.skep.object.program.HelperId.SET_RETVAL;
import static dev.skep.object.program.HelperId.SKB_ANCESTOR_CGROUP_ID;
import static dev.skep.object.program.HelperId.SKB_CGROUP_CLASSID;
import static dev.skep.object.program.HelperId.SKB_CGROUP_ID;
import static dev.skep.object.program.HelperId.SKB_UNDER_CGROUP;
import static dev.skep.object.program.HelperId.SK_ANCESTOR_CGROUP_ID;
import static dev.skep.object.program.HelperId.SK_CGROUP_ID;
import static dev.skep.object.program.HelperId.SYSCTL_GET_CURRENT_VALUE;
import static dev.skep.object.program.HelperId.SYSCTL_GET_NAME;
import static dev.skep.object.program.HelperId.SYSCTL_GET_NEW_VALUE;
import static dev.skep.object.program.HelperId.SYSCTL_SET_NEW_VALUE;
import static dev.skep.object.program.ProgramType.CGROUP_SKB;
import static dev.skep.object.program.ProgramType.CGROUP_SYSCTL;
import static dev.skep.object.program.ProgramType.LSM;
import static dev.skep.object.program.ProgramType.SK_MSG;
import static dev.skep.verifier.kernel.Arguments.ANYTHING;
import static dev.skep.verifier.kernel.Arguments.CTX;
import static dev.skep.verifier.kernel.Arguments.INPUT;
import static dev.skep.verifier.kernel.Arguments.MAP;
import static dev.skep.verifier.kernel.Arguments.MEMORY;
import static dev.skep.verifier.kernel.Arguments.OUTPUT;
import static dev.skep.verifier.kernel.Arguments.SIZE;
import static dev.skep.verifier.kernel.Arguments.SOCK;
import static dev.skep.verifier.kernel.Callers.BASE;
import static dev.skep.verifier.kernel.Callers.CGROUP_TASK;
import static dev.skep.verifier.kernel.Callers.CGROUP_WITH_VERDICT;
import static dev.skep.verifier.kernel.Callers.CLASSIFIERS;
import static dev.skep.verifier.kernel.Callers.TRACERS;
import static dev.skep.verifier.kernel.Callers.TUNNELS;
import static dev.skep.verifier.kernel.Callers.of;
import static dev.skep.verifier.kernel.HelperTrait.NEEDS_CAP_BPF;
import static dev.skep.verifier.kernel.Signature.helper;

import java.util.List;

/** Control groups and sysctl: kernel/bpf/cgroup.c, kernel/bpf/helpers.c, net/core/filter.c. */
final class CgroupHelpers {
    static final List<HelperRule> RULES = List.of(
            helper(GET_CGROUP_CLASSID).takes(CTX).by(TUNNELS, CLASSIFIERS),
            helper(GET_CGROUP_CLASSID).with(NEEDS_CAP_BPF).by(CGROUP_TASK, of(SK_MSG), BASE.since("6.16")),
            helper(SKB_CGROUP_CLASSID).takes(CTX).by(CLASSIFIERS),
            helper(SKB_UNDER_CGROUP).takes(CTX, MAP, ANYTHING).by(TUNNELS, CLASSIFIERS),
            helper(CURRENT_TASK_UNDER_CGROUP)
                    .takes(MAP, ANYTHING)
                    .with(NEEDS_CAP_BPF)
                    .by(TRACERS, CGROUP_TASK.since("6.12"), BASE.since("6.16")),
            helper(SKB_CGROUP_ID).takes(CTX).by(CLASSIFIERS, of(CGROUP_SKB)),
            helper(SKB_ANCESTOR_CGROUP_ID).takes(CTX, ANYTHING).by(CLASSIFIERS, of(CGROUP_SKB)),
            helper(SK_CGROUP_ID).takes(SOCK).by(of(CGROUP_SKB)),
            helper(SK_ANCESTOR_CGROUP_ID).takes(SOCK, ANYTHING).by(of(CGROUP_SKB)),
            helper(GET_CURRENT_CGROUP_ID).with(NEEDS_CAP_BPF).by(TRACERS, CGROUP_TASK, of(SK_MSG), BASE.since("6.4")),
            helper(GET_CURRENT_ANCESTOR_CGROUP_ID)
                    .takes(ANYTHING)
                    .with(NEEDS_CAP_BPF)
                    .by(TRACERS, CGROUP_TASK, of(SK_MSG), BASE.since("6.4")),
            helper(SYSCTL_GET_NAME).takes(CTX, MEMORY, SIZE, ANYTHING).by(of(CGROUP_SYSCTL)),
            helper(SYSCTL_GET_CURRENT_VALUE).takes(CTX, OUTPUT, SIZE).by(of(CGROUP_SYSCTL)),
            helper(SYSCTL_GET_NEW_VALUE).takes(CTX, OUTPUT, SIZE).by(of(CGROUP_SYSCTL)),
            helper(SYSCTL_SET_NEW_VALUE).takes(CTX, INPUT, SIZE).by(of(CGROUP_SYSCTL)),
            helper(GET_RETVAL).by(CGROUP_WITH_VERDICT, of(LSM).attachedAs(LSM_CGROUP)),
            helper(SET_RETVAL).takes(ANYTHING).by(CGROUP_WITH_VERDICT, of(LSM).attachedAs(LSM_CGROUP)));

    private CgroupHelpers() {}
}
