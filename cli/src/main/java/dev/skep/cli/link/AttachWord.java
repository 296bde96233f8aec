package dev.skep.cli.link;

import dev.skep.cli.kernel.Words;
import dev.skep.object.program.AttachType;
import java.util.Collection;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Attach types as bpftool writes them in JSON since its version 7: {@code tcx_ingress}, {@code cgroup_inet_egress}. The shorter words
 * of before, which bpftool still takes, are read too.
 */
public final class AttachWord {
    /** From bpftool-cgroup(8) and bpftool-prog(8) of Linux 5.15. */
    private static final Map<AttachType, String> SHORTER = new EnumMap<>(Map.ofEntries(
            Map.entry(AttachType.CGROUP_INET_INGRESS, "ingress"),
            Map.entry(AttachType.CGROUP_INET_EGRESS, "egress"),
            Map.entry(AttachType.CGROUP_INET_SOCK_CREATE, "sock_create"),
            Map.entry(AttachType.CGROUP_INET_SOCK_RELEASE, "sock_release"),
            Map.entry(AttachType.CGROUP_SOCK_OPS, "sock_ops"),
            Map.entry(AttachType.CGROUP_DEVICE, "device"),
            Map.entry(AttachType.CGROUP_INET4_BIND, "bind4"),
            Map.entry(AttachType.CGROUP_INET6_BIND, "bind6"),
            Map.entry(AttachType.CGROUP_INET4_POST_BIND, "post_bind4"),
            Map.entry(AttachType.CGROUP_INET6_POST_BIND, "post_bind6"),
            Map.entry(AttachType.CGROUP_INET4_CONNECT, "connect4"),
            Map.entry(AttachType.CGROUP_INET6_CONNECT, "connect6"),
            Map.entry(AttachType.CGROUP_INET4_GETPEERNAME, "getpeername4"),
            Map.entry(AttachType.CGROUP_INET6_GETPEERNAME, "getpeername6"),
            Map.entry(AttachType.CGROUP_INET4_GETSOCKNAME, "getsockname4"),
            Map.entry(AttachType.CGROUP_INET6_GETSOCKNAME, "getsockname6"),
            Map.entry(AttachType.CGROUP_UDP4_SENDMSG, "sendmsg4"),
            Map.entry(AttachType.CGROUP_UDP6_SENDMSG, "sendmsg6"),
            Map.entry(AttachType.CGROUP_UDP4_RECVMSG, "recvmsg4"),
            Map.entry(AttachType.CGROUP_UDP6_RECVMSG, "recvmsg6"),
            Map.entry(AttachType.CGROUP_SYSCTL, "sysctl"),
            Map.entry(AttachType.CGROUP_GETSOCKOPT, "getsockopt"),
            Map.entry(AttachType.CGROUP_SETSOCKOPT, "setsockopt"),
            Map.entry(AttachType.SK_MSG_VERDICT, "msg_verdict"),
            Map.entry(AttachType.SK_SKB_VERDICT, "skb_verdict"),
            Map.entry(AttachType.SK_SKB_STREAM_VERDICT, "stream_verdict"),
            Map.entry(AttachType.SK_SKB_STREAM_PARSER, "stream_parser")));

    private AttachWord() {}

    /** The word for one. */
    public static String of(AttachType type) {
        return type.name().toLowerCase(Locale.ROOT);
    }

    /** The word for one that a link has; "unknown" if it is newer than this software. */
    static String of(Optional<AttachType> type) {
        return type.map(AttachWord::of).orElse("unknown");
    }

    /** Reads one of these, without regard to case. @throws picocli.CommandLine.ParameterException naming them for anything else */
    public static AttachType read(Words words, Collection<AttachType> accepted) {
        String word = words.next("the attach type");
        return accepted.stream()
                .filter(type -> of(type).equalsIgnoreCase(word) || word.equalsIgnoreCase(SHORTER.get(type)))
                .findFirst()
                .orElseThrow(() -> words.wrong("'" + word + "' is none of the attach types here: "
                        + accepted.stream().map(AttachWord::of).collect(Collectors.joining(", "))));
    }
}
