package dev.skep.verifier.kernel;

import static dev.skep.object.program.AttachType.LSM_CGROUP;
import static dev.skep.object.program.AttachType.TRACE_FENTRY;
import static dev.skep.object.program.AttachType.TRACE_FEXIT;
import static dev.skep.object.program.AttachType.TRACE_ITER;
import static dev.skep.object.program.AttachType.TRACE_RAW_TP;
import static dev.skep.object.program.HelperId.CGRP_STORAGE_DELETE;
import static dev.skep.object.program.HelperId.CGRP_STORAGE_GET;
import static dev.skep.object.program.HelperId.GET_LOCAL_STORAGE;
import static dev.skep.object.program.HelperId.INODE_STORAGE_DELETE;
import static dev.skep.object.program.HelperId.INODE_STORAGE_GET;
import static dev.skep.object.program.HelperId.SK_STORAGE_DELETE;
import static dev.skep.object.program.HelperId.SK_STORAGE_GET;
import static dev.skep.object.program.HelperId.TASK_STORAGE_DELETE;
import static dev.skep.object.program.HelperId.TASK_STORAGE_GET;
import static dev.skep.object.program.ProgramType.CGROUP_SKB;
import static dev.skep.object.program.ProgramType.CGROUP_SOCK;
import static dev.skep.object.program.ProgramType.CGROUP_SOCKOPT;
import static dev.skep.object.program.ProgramType.CGROUP_SOCK_ADDR;
import static dev.skep.object.program.ProgramType.LSM;
import static dev.skep.object.program.ProgramType.SK_MSG;
import static dev.skep.object.program.ProgramType.SOCK_OPS;
import static dev.skep.object.program.ProgramType.SYSCALL;
import static dev.skep.object.program.ProgramType.TRACING;
import static dev.skep.verifier.kernel.Arguments.ANYTHING;
import static dev.skep.verifier.kernel.Arguments.CTX;
import static dev.skep.verifier.kernel.Arguments.MAP;
import static dev.skep.verifier.kernel.Arguments.MAP_VALUE;
import static dev.skep.verifier.kernel.Arguments.SOCK;
import static dev.skep.verifier.kernel.Arguments.object;
import static dev.skep.verifier.kernel.Callers.BASE;
import static dev.skep.verifier.kernel.Callers.CGROUP;
import static dev.skep.verifier.kernel.Callers.CLASSIFIERS;
import static dev.skep.verifier.kernel.Callers.CONGESTION_CONTROL;
import static dev.skep.verifier.kernel.Callers.TRACERS;
import static dev.skep.verifier.kernel.Callers.of;
import static dev.skep.verifier.kernel.HelperTrait.NEEDS_CAP_BPF;
import static dev.skep.verifier.kernel.HelperTrait.STORAGE_GET;
import static dev.skep.verifier.kernel.Results.VALUE;
import static dev.skep.verifier.kernel.Signature.helper;

import java.util.List;

/** Storage that belongs to a socket, task, inode or control group: kernel/bpf/bpf_*_storage.c, net/core/bpf_sk_storage.c. */
final class StorageHelpers {
    static final List<HelperRule> RULES = List.of(
            helper(GET_LOCAL_STORAGE).takes(MAP, ANYTHING).returns(VALUE).by(CGROUP, of(LSM).attachedAs(LSM_CGROUP)),
            helper(SK_STORAGE_GET)
                    .takes(MAP, SOCK, MAP_VALUE.orNull(), ANYTHING)
                    .returns(VALUE.orNull())
                    .with(STORAGE_GET)
                    .by(
                            CLASSIFIERS,
                            of(CGROUP_SKB, SOCK_OPS, SK_MSG, CGROUP_SOCK_ADDR, CGROUP_SOCKOPT, LSM),
                            CONGESTION_CONTROL),
            helper(SK_STORAGE_GET)
                    .takes(MAP, CTX, MAP_VALUE.orNull(), ANYTHING)
                    .returns(VALUE.orNull())
                    .with(STORAGE_GET)
                    .by(of(CGROUP_SOCK)),
            helper(SK_STORAGE_GET)
                    .takes(MAP, object("sock_common").orNull(), MAP_VALUE.orNull(), ANYTHING)
                    .returns(VALUE.orNull())
                    .with(STORAGE_GET)
                    .by(
                            of(TRACING).attachedAs(TRACE_ITER, TRACE_RAW_TP, TRACE_FENTRY, TRACE_FEXIT),
                            of(SYSCALL).onlyFor()),
            helper(SK_STORAGE_DELETE)
                    .takes(MAP, SOCK)
                    .by(
                            CLASSIFIERS,
                            of(CGROUP_SKB, SOCK_OPS, SK_MSG, CGROUP_SOCK_ADDR, CGROUP_SOCKOPT, LSM),
                            CONGESTION_CONTROL),
            helper(SK_STORAGE_DELETE)
                    .takes(MAP, object("sock_common").orNull())
                    .by(
                            of(TRACING).attachedAs(TRACE_ITER, TRACE_RAW_TP, TRACE_FENTRY, TRACE_FEXIT),
                            of(SYSCALL).onlyFor()),
            helper(INODE_STORAGE_GET)
                    .takes(MAP, object("inode").orNull(), MAP_VALUE.orNull(), ANYTHING)
                    .returns(VALUE.orNull())
                    .with(STORAGE_GET)
                    .by(of(LSM)),
            helper(INODE_STORAGE_DELETE).takes(MAP, object("inode").orNull()).by(of(LSM)),
            helper(TASK_STORAGE_GET)
                    .takes(MAP, object("task_struct").orNull(), MAP_VALUE.orNull(), ANYTHING)
                    .returns(VALUE.orNull())
                    .with(STORAGE_GET, NEEDS_CAP_BPF)
                    .by(TRACERS, BASE.since("6.16")),
            helper(TASK_STORAGE_DELETE)
                    .takes(MAP, object("task_struct").orNull())
                    .with(NEEDS_CAP_BPF)
                    .by(TRACERS, BASE.since("6.16")),
            helper(CGRP_STORAGE_GET)
                    .takes(MAP, object("cgroup").orNull(), MAP_VALUE.orNull(), ANYTHING)
                    .returns(VALUE.orNull())
                    .with(STORAGE_GET, NEEDS_CAP_BPF)
                    .by(BASE),
            helper(CGRP_STORAGE_DELETE)
                    .takes(MAP, object("cgroup").orNull())
                    .with(NEEDS_CAP_BPF)
                    .by(BASE));

    private StorageHelpers() {}
}
