package dev.skep.verifier.kernel;

import static dev.skep.object.program.HelperId.GET_LISTENER_SOCK;
import static dev.skep.object.program.HelperId.GET_NETNS_COOKIE;
import static dev.skep.object.program.HelperId.GET_SOCKET_COOKIE;
import static dev.skep.object.program.HelperId.GET_SOCKET_UID;
import static dev.skep.object.program.HelperId.SKC_LOOKUP_TCP;
import static dev.skep.object.program.HelperId.SKC_TO_MPTCP_SOCK;
import static dev.skep.object.program.HelperId.SKC_TO_TCP6_SOCK;
import static dev.skep.object.program.HelperId.SKC_TO_TCP_REQUEST_SOCK;
import static dev.skep.object.program.HelperId.SKC_TO_TCP_SOCK;
import static dev.skep.object.program.HelperId.SKC_TO_TCP_TIMEWAIT_SOCK;
import static dev.skep.object.program.HelperId.SKC_TO_UDP6_SOCK;
import static dev.skep.object.program.HelperId.SKC_TO_UNIX_SOCK;
import static dev.skep.object.program.HelperId.SK_ASSIGN;
import static dev.skep.object.program.HelperId.SK_FULLSOCK;
import static dev.skep.object.program.HelperId.SK_LOOKUP_TCP;
import static dev.skep.object.program.HelperId.SK_LOOKUP_UDP;
import static dev.skep.object.program.HelperId.SK_RELEASE;
import static dev.skep.object.program.HelperId.SK_SELECT_REUSEPORT;
import static dev.skep.object.program.HelperId.SOCK_FROM_FILE;
import static dev.skep.object.program.HelperId.TCP_CHECK_SYNCOOKIE;
import static dev.skep.object.program.HelperId.TCP_GEN_SYNCOOKIE;
import static dev.skep.object.program.HelperId.TCP_RAW_CHECK_SYNCOOKIE_IPV4;
import static dev.skep.object.program.HelperId.TCP_RAW_CHECK_SYNCOOKIE_IPV6;
import static dev.skep.object.program.HelperId.TCP_RAW_GEN_SYNCOOKIE_IPV4;
import static dev.skep.object.program.HelperId.TCP_RAW_GEN_SYNCOOKIE_IPV6;
import static dev.skep.object.program.HelperId.TCP_SOCK;
import static dev.skep.object.program.ProgramType.CGROUP_SKB;
import static dev.skep.object.program.ProgramType.CGROUP_SOCK;
import static dev.skep.object.program.ProgramType.CGROUP_SOCKOPT;
import static dev.skep.object.program.ProgramType.CGROUP_SOCK_ADDR;
import static dev.skep.object.program.ProgramType.SK_LOOKUP;
import static dev.skep.object.program.ProgramType.SK_MSG;
import static dev.skep.object.program.ProgramType.SK_REUSEPORT;
import static dev.skep.object.program.ProgramType.SK_SKB;
import static dev.skep.object.program.ProgramType.SOCKET_FILTER;
import static dev.skep.object.program.ProgramType.SOCK_OPS;
import static dev.skep.object.program.ProgramType.XDP;
import static dev.skep.verifier.kernel.Arguments.ANYTHING;
import static dev.skep.verifier.kernel.Arguments.CTX;
import static dev.skep.verifier.kernel.Arguments.INPUT;
import static dev.skep.verifier.kernel.Arguments.MAP;
import static dev.skep.verifier.kernel.Arguments.MAP_KEY;
import static dev.skep.verifier.kernel.Arguments.MEMORY;
import static dev.skep.verifier.kernel.Arguments.SIZE;
import static dev.skep.verifier.kernel.Arguments.SIZE_OR_ZERO;
import static dev.skep.verifier.kernel.Arguments.SOCK;
import static dev.skep.verifier.kernel.Arguments.SOCKET;
import static dev.skep.verifier.kernel.Arguments.SOCK_COMMON;
import static dev.skep.verifier.kernel.Arguments.object;
import static dev.skep.verifier.kernel.Callers.BTF_TRACERS;
import static dev.skep.verifier.kernel.Callers.CLASSIFIERS;
import static dev.skep.verifier.kernel.Callers.SOCKET_BASE;
import static dev.skep.verifier.kernel.Callers.of;
import static dev.skep.verifier.kernel.HelperTrait.ACQUIRES;
import static dev.skep.verifier.kernel.HelperTrait.CASTS_POINTER;
import static dev.skep.verifier.kernel.HelperTrait.GPL_ONLY;
import static dev.skep.verifier.kernel.HelperTrait.NEEDS_CAP_PERFMON;
import static dev.skep.verifier.kernel.HelperTrait.PACKET_ACCESS;
import static dev.skep.verifier.kernel.HelperTrait.RELEASES;
import static dev.skep.verifier.kernel.Results.A_SOCKET;
import static dev.skep.verifier.kernel.Results.A_SOCK_COMMON;
import static dev.skep.verifier.kernel.Results.A_TCP_SOCK;
import static dev.skep.verifier.kernel.Results.pointer;
import static dev.skep.verifier.kernel.Signature.helper;

import java.util.List;

/** Finding, casting and choosing sockets: net/core/filter.c. */
final class SocketHelpers {
    static final List<HelperRule> RULES = List.of(
            helper(SK_LOOKUP_TCP)
                    .takes(CTX, INPUT, SIZE_OR_ZERO, ANYTHING, ANYTHING)
                    .returns(A_SOCKET.orNull())
                    .with(PACKET_ACCESS, ACQUIRES)
                    .by(CLASSIFIERS, of(XDP, CGROUP_SKB, SK_SKB)),
            helper(SK_LOOKUP_TCP)
                    .takes(CTX, INPUT, SIZE_OR_ZERO, ANYTHING, ANYTHING)
                    .returns(A_SOCKET.orNull())
                    .with(ACQUIRES)
                    .by(of(CGROUP_SOCK_ADDR)),
            helper(SK_LOOKUP_UDP)
                    .takes(CTX, INPUT, SIZE_OR_ZERO, ANYTHING, ANYTHING)
                    .returns(A_SOCKET.orNull())
                    .with(PACKET_ACCESS, ACQUIRES)
                    .by(CLASSIFIERS, of(XDP, CGROUP_SKB, SK_SKB)),
            helper(SK_LOOKUP_UDP)
                    .takes(CTX, INPUT, SIZE_OR_ZERO, ANYTHING, ANYTHING)
                    .returns(A_SOCKET.orNull())
                    .with(ACQUIRES)
                    .by(of(CGROUP_SOCK_ADDR)),
            helper(SKC_LOOKUP_TCP)
                    .takes(CTX, INPUT, SIZE_OR_ZERO, ANYTHING, ANYTHING)
                    .returns(A_SOCK_COMMON.orNull())
                    .with(PACKET_ACCESS, ACQUIRES)
                    .by(CLASSIFIERS, of(XDP, CGROUP_SKB, SK_SKB)),
            helper(SKC_LOOKUP_TCP)
                    .takes(CTX, INPUT, SIZE_OR_ZERO, ANYTHING, ANYTHING)
                    .returns(A_SOCK_COMMON.orNull())
                    .with(ACQUIRES)
                    .by(of(CGROUP_SOCK_ADDR)),
            helper(SK_RELEASE)
                    .takes(SOCK.releasing())
                    .with(RELEASES)
                    .by(CLASSIFIERS, of(XDP, CGROUP_SKB, SK_SKB, CGROUP_SOCK_ADDR, SK_LOOKUP)),
            helper(SK_FULLSOCK)
                    .takes(SOCK_COMMON)
                    .returns(A_SOCKET.orNull())
                    .with(CASTS_POINTER)
                    .by(CLASSIFIERS, of(CGROUP_SKB)),
            helper(TCP_SOCK)
                    .takes(SOCK_COMMON)
                    .returns(A_TCP_SOCK.orNull())
                    .with(CASTS_POINTER)
                    .by(CLASSIFIERS, of(CGROUP_SKB, SOCK_OPS, CGROUP_SOCKOPT)),
            helper(GET_LISTENER_SOCK)
                    .takes(SOCK_COMMON)
                    .returns(A_SOCKET.orNull())
                    .by(CLASSIFIERS, of(CGROUP_SKB)),
            helper(SK_ASSIGN).takes(CTX, SOCK, ANYTHING).by(CLASSIFIERS),
            helper(SK_ASSIGN).takes(CTX, SOCKET.orNull(), ANYTHING).by(of(SK_LOOKUP)),
            helper(SK_SELECT_REUSEPORT).takes(CTX, MAP, MAP_KEY, ANYTHING).by(of(SK_REUSEPORT)),
            helper(SOCK_FROM_FILE)
                    .takes(object("file"))
                    .returns(pointer("socket").orNull())
                    .by(BTF_TRACERS),
            helper(SKC_TO_TCP6_SOCK)
                    .takes(SOCK)
                    .returns(pointer("tcp6_sock").orNull())
                    .with(CASTS_POINTER, NEEDS_CAP_PERFMON)
                    .by(SOCKET_BASE, BTF_TRACERS),
            helper(SKC_TO_TCP_SOCK)
                    .takes(SOCK)
                    .returns(pointer("tcp_sock").orNull())
                    .with(CASTS_POINTER, NEEDS_CAP_PERFMON)
                    .by(SOCKET_BASE, BTF_TRACERS),
            helper(SKC_TO_TCP_TIMEWAIT_SOCK)
                    .takes(SOCK)
                    .returns(pointer("tcp_timewait_sock").orNull())
                    .with(CASTS_POINTER, NEEDS_CAP_PERFMON)
                    .by(SOCKET_BASE, BTF_TRACERS),
            helper(SKC_TO_TCP_REQUEST_SOCK)
                    .takes(SOCK)
                    .returns(pointer("tcp_request_sock").orNull())
                    .with(CASTS_POINTER, NEEDS_CAP_PERFMON)
                    .by(SOCKET_BASE, BTF_TRACERS),
            helper(SKC_TO_UDP6_SOCK)
                    .takes(SOCK)
                    .returns(pointer("udp6_sock").orNull())
                    .with(CASTS_POINTER, NEEDS_CAP_PERFMON)
                    .by(SOCKET_BASE, BTF_TRACERS),
            helper(SKC_TO_UNIX_SOCK)
                    .takes(SOCK)
                    .returns(pointer("unix_sock").orNull())
                    .with(NEEDS_CAP_PERFMON)
                    .by(SOCKET_BASE, BTF_TRACERS),
            helper(SKC_TO_MPTCP_SOCK)
                    .takes(SOCK_COMMON)
                    .returns(pointer("mptcp_sock").orNull())
                    .with(CASTS_POINTER, NEEDS_CAP_PERFMON)
                    .by(SOCKET_BASE, BTF_TRACERS),
            helper(GET_SOCKET_COOKIE)
                    .takes(CTX)
                    .by(CLASSIFIERS, of(SOCKET_FILTER, CGROUP_SKB, CGROUP_SOCK, SOCK_OPS, SK_SKB, CGROUP_SOCK_ADDR)),
            helper(GET_SOCKET_COOKIE).takes(SOCK.orNull()).by(BTF_TRACERS, of(SK_REUSEPORT)),
            helper(GET_SOCKET_UID).takes(CTX).by(CLASSIFIERS, of(SOCKET_FILTER, CGROUP_SKB, SK_SKB)),
            helper(GET_NETNS_COOKIE)
                    .takes(CTX.orNull())
                    .by(
                            of(CGROUP_SOCK, SOCK_OPS, SK_MSG, CGROUP_SOCK_ADDR, CGROUP_SOCKOPT),
                            CLASSIFIERS.since("6.16"),
                            of(SOCKET_FILTER, CGROUP_SKB).since("6.16")),
            helper(TCP_CHECK_SYNCOOKIE)
                    .takes(SOCK, INPUT, SIZE, INPUT, SIZE)
                    .with(GPL_ONLY, PACKET_ACCESS)
                    .by(CLASSIFIERS, of(XDP)),
            helper(TCP_GEN_SYNCOOKIE)
                    .takes(SOCK, INPUT, SIZE, INPUT, SIZE)
                    .with(GPL_ONLY, PACKET_ACCESS)
                    .by(CLASSIFIERS, of(XDP)),
            helper(TCP_RAW_GEN_SYNCOOKIE_IPV4)
                    .takes(MEMORY.ofSize(20), MEMORY, SIZE_OR_ZERO)
                    .with(GPL_ONLY, PACKET_ACCESS)
                    .by(CLASSIFIERS, of(XDP)),
            helper(TCP_RAW_GEN_SYNCOOKIE_IPV6)
                    .takes(MEMORY.ofSize(40), MEMORY, SIZE_OR_ZERO)
                    .with(GPL_ONLY, PACKET_ACCESS)
                    .by(CLASSIFIERS, of(XDP)),
            helper(TCP_RAW_CHECK_SYNCOOKIE_IPV4)
                    .takes(MEMORY.ofSize(20), MEMORY.ofSize(20))
                    .with(GPL_ONLY, PACKET_ACCESS)
                    .by(CLASSIFIERS, of(XDP)),
            helper(TCP_RAW_CHECK_SYNCOOKIE_IPV6)
                    .takes(MEMORY.ofSize(40), MEMORY.ofSize(20))
                    .with(GPL_ONLY, PACKET_ACCESS)
                    .by(CLASSIFIERS, of(XDP)));

    private SocketHelpers() {}
}
