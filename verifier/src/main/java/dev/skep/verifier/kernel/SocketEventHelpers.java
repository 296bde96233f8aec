package dev.skep.verifier.kernel;

import static dev.skep.object.program.AttachType.CGROUP_INET4_CONNECT;
import static dev.skep.object.program.AttachType.CGROUP_INET6_CONNECT;
import static dev.skep.object.program.AttachType.CGROUP_SETSOCKOPT;
import static dev.skep.object.program.AttachType.LSM_CGROUP;
import static dev.skep.object.program.AttachType.TRACE_ITER;
import static dev.skep.object.program.HelperId.BIND;
import static dev.skep.object.program.HelperId.GETSOCKOPT;
import static dev.skep.object.program.HelperId.LOAD_HDR_OPT;
import static dev.skep.object.program.HelperId.MSG_APPLY_BYTES;
import static dev.skep.object.program.HelperId.MSG_CORK_BYTES;
import static dev.skep.object.program.HelperId.MSG_POP_DATA;
import static dev.skep.object.program.HelperId.MSG_PULL_DATA;
import static dev.skep.object.program.HelperId.MSG_PUSH_DATA;
import static dev.skep.object.program.HelperId.MSG_REDIRECT_HASH;
import static dev.skep.object.program.HelperId.MSG_REDIRECT_MAP;
import static dev.skep.object.program.HelperId.RESERVE_HDR_OPT;
import static dev.skep.object.program.HelperId.SETSOCKOPT;
import static dev.skep.object.program.HelperId.SK_REDIRECT_HASH;
import static dev.skep.object.program.HelperId.SK_REDIRECT_MAP;
import static dev.skep.object.program.HelperId.SOCK_HASH_UPDATE;
import static dev.skep.object.program.HelperId.SOCK_MAP_UPDATE;
import static dev.skep.object.program.HelperId.SOCK_OPS_CB_FLAGS_SET;
import static dev.skep.object.program.HelperId.STORE_HDR_OPT;
import static dev.skep.object.program.HelperId.TCP_SEND_ACK;
import static dev.skep.object.program.ProgramType.CGROUP_SOCKOPT;
import static dev.skep.object.program.ProgramType.CGROUP_SOCK_ADDR;
import static dev.skep.object.program.ProgramType.LSM;
import static dev.skep.object.program.ProgramType.SK_MSG;
import static dev.skep.object.program.ProgramType.SK_SKB;
import static dev.skep.object.program.ProgramType.SOCK_OPS;
import static dev.skep.object.program.ProgramType.TRACING;
import static dev.skep.verifier.kernel.Arguments.ANYTHING;
import static dev.skep.verifier.kernel.Arguments.CTX;
import static dev.skep.verifier.kernel.Arguments.INPUT;
import static dev.skep.verifier.kernel.Arguments.MAP;
import static dev.skep.verifier.kernel.Arguments.MAP_KEY;
import static dev.skep.verifier.kernel.Arguments.MEMORY;
import static dev.skep.verifier.kernel.Arguments.OUTPUT;
import static dev.skep.verifier.kernel.Arguments.SIZE;
import static dev.skep.verifier.kernel.Arguments.SOCK;
import static dev.skep.verifier.kernel.Arguments.object;
import static dev.skep.verifier.kernel.AttachTargets.HOOKS_WITH_SOCKET_OPTIONS;
import static dev.skep.verifier.kernel.Callers.CONGESTION_CONTROL;
import static dev.skep.verifier.kernel.Callers.WITH_SOCKET_OPTIONS;
import static dev.skep.verifier.kernel.Callers.of;
import static dev.skep.verifier.kernel.HelperTrait.CHANGES_PACKET_DATA;
import static dev.skep.verifier.kernel.HelperTrait.PACKET_ACCESS;
import static dev.skep.verifier.kernel.Signature.helper;

import java.util.List;

/** Socket operations, options and messages: net/core/filter.c, net/core/sock_map.c, net/ipv4/bpf_tcp_ca.c. */
final class SocketEventHelpers {
    static final List<HelperRule> RULES = List.of(
            helper(SETSOCKOPT)
                    .takes(CTX, ANYTHING, ANYTHING, INPUT, SIZE)
                    .by(of(SOCK_OPS), of(CGROUP_SOCK_ADDR).attachedAs(WITH_SOCKET_OPTIONS)),
            helper(SETSOCKOPT)
                    .takes(SOCK, ANYTHING, ANYTHING, INPUT, SIZE)
                    .by(
                            of(CGROUP_SOCKOPT).attachedAs(CGROUP_SETSOCKOPT).since("5.15"),
                            of(LSM).attachedAs(LSM_CGROUP)
                                    .onlyFor(HOOKS_WITH_SOCKET_OPTIONS)
                                    .since("6.0"),
                            CONGESTION_CONTROL.since("5.13"),
                            of(TRACING).attachedAs(TRACE_ITER).onlyFor("tcp").since("5.15"),
                            of(TRACING).attachedAs(TRACE_ITER).onlyFor("unix").since("5.17")),
            helper(GETSOCKOPT)
                    .takes(CTX, ANYTHING, ANYTHING, OUTPUT, SIZE)
                    .by(of(SOCK_OPS), of(CGROUP_SOCK_ADDR).attachedAs(WITH_SOCKET_OPTIONS)),
            helper(GETSOCKOPT)
                    .takes(SOCK, ANYTHING, ANYTHING, OUTPUT, SIZE)
                    .by(
                            of(CGROUP_SOCKOPT).attachedAs(CGROUP_SETSOCKOPT).since("5.15"),
                            of(LSM).attachedAs(LSM_CGROUP)
                                    .onlyFor(HOOKS_WITH_SOCKET_OPTIONS)
                                    .since("6.0"),
                            CONGESTION_CONTROL.since("5.13"),
                            of(TRACING).attachedAs(TRACE_ITER).onlyFor("tcp").since("5.15"),
                            of(TRACING).attachedAs(TRACE_ITER).onlyFor("unix").since("5.17")),
            helper(BIND)
                    .takes(CTX, INPUT, SIZE)
                    .by(of(CGROUP_SOCK_ADDR).attachedAs(CGROUP_INET4_CONNECT, CGROUP_INET6_CONNECT)),
            helper(SOCK_OPS_CB_FLAGS_SET).takes(CTX, ANYTHING).by(of(SOCK_OPS)),
            helper(LOAD_HDR_OPT).takes(CTX, MEMORY.written(), SIZE, ANYTHING).by(of(SOCK_OPS)),
            helper(STORE_HDR_OPT)
                    .takes(CTX, INPUT, SIZE, ANYTHING)
                    .with(CHANGES_PACKET_DATA)
                    .by(of(SOCK_OPS)),
            helper(RESERVE_HDR_OPT).takes(CTX, ANYTHING, ANYTHING).by(of(SOCK_OPS)),
            helper(TCP_SEND_ACK).takes(object("tcp_sock"), ANYTHING).by(CONGESTION_CONTROL),
            helper(SOCK_MAP_UPDATE)
                    .takes(CTX, MAP, MAP_KEY, ANYTHING)
                    .with(PACKET_ACCESS)
                    .by(of(SOCK_OPS)),
            helper(SOCK_HASH_UPDATE)
                    .takes(CTX, MAP, MAP_KEY, ANYTHING)
                    .with(PACKET_ACCESS)
                    .by(of(SOCK_OPS)),
            helper(SK_REDIRECT_MAP).takes(CTX, MAP, ANYTHING, ANYTHING).by(of(SK_SKB)),
            helper(SK_REDIRECT_HASH).takes(CTX, MAP, MAP_KEY, ANYTHING).by(of(SK_SKB)),
            helper(MSG_REDIRECT_MAP).takes(CTX, MAP, ANYTHING, ANYTHING).by(of(SK_MSG)),
            helper(MSG_REDIRECT_HASH).takes(CTX, MAP, MAP_KEY, ANYTHING).by(of(SK_MSG)),
            helper(MSG_APPLY_BYTES).takes(CTX, ANYTHING).by(of(SK_MSG)),
            helper(MSG_CORK_BYTES).takes(CTX, ANYTHING).by(of(SK_MSG)),
            helper(MSG_PULL_DATA)
                    .takes(CTX, ANYTHING, ANYTHING, ANYTHING)
                    .with(CHANGES_PACKET_DATA)
                    .by(of(SK_MSG)),
            helper(MSG_PUSH_DATA)
                    .takes(CTX, ANYTHING, ANYTHING, ANYTHING)
                    .with(CHANGES_PACKET_DATA)
                    .by(of(SK_MSG)),
            helper(MSG_POP_DATA)
                    .takes(CTX, ANYTHING, ANYTHING, ANYTHING)
                    .with(CHANGES_PACKET_DATA)
                    .by(of(SK_MSG)));

    private SocketEventHelpers() {}
}
