package dev.skep.object.assembly;

import dev.skep.object.host.Errno;
import dev.skep.object.map.MapType;
import dev.skep.object.program.AttachType;
import dev.skep.object.program.HelperId;
import dev.skep.object.program.ProgramType;
import java.util.Collections;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;

/**
 * The constants of the kernel's headers that BPF programs use, by name: verdicts, flags, map types, protocols. Beside the
 * tables here {@code BPF_MAP_TYPE_*}, {@code BPF_PROG_TYPE_*}, attach types, {@code BPF_FUNC_*} and error numbers.
 */
public final class UapiConstants {
    /** What programs return: enum xdp_action, sk_action, bpf_ret_code of linux/bpf.h; TC_ACT_* of linux/pkt_cls.h. */
    private static final String VERDICTS = """
            TC_ACT_UNSPEC -1, BPF_OK 0, SK_DROP 0, TC_ACT_OK 0, XDP_ABORTED 0, SK_PASS 1, TC_ACT_RECLASSIFY 1,
            XDP_DROP 1, BPF_DROP 2, TC_ACT_SHOT 2, XDP_PASS 2, TC_ACT_PIPE 3, XDP_TX 3, TC_ACT_STOLEN 4,
            XDP_REDIRECT 4, TC_ACT_QUEUED 5, TC_ACT_REPEAT 6, BPF_REDIRECT 7, TC_ACT_REDIRECT 7, TC_ACT_TRAP 8,
            BPF_LWT_REROUTE 128, BPF_FLOW_DISSECTOR_CONTINUE 129
            """;

    /** Flags of maps and helpers: linux/bpf.h (6.18). */
    private static final String FLAGS = """
            BPF_F_CURRENT_NETNS -1, BPF_ANY 0, BPF_F_ADJ_ROOM_FIXED_GSO 0x1, BPF_F_BPRM_SECUREEXEC 0x1,
            BPF_F_GET_BRANCH_RECORDS_SIZE 0x1, BPF_F_INGRESS 0x1, BPF_F_KPROBE_MULTI_RETURN 0x1,
            BPF_F_NO_PREALLOC 0x1, BPF_F_PAD_ZEROS 0x1, BPF_F_RECOMPUTE_CSUM 0x1, BPF_F_SYSCTL_BASE_NAME 0x1,
            BPF_F_TIMER_ABS 0x1, BPF_F_TUNINFO_IPV6 0x1, BPF_F_UPROBE_MULTI_RETURN 0x1, BPF_NOEXIST 1, BPF_EXIST 2,
            BPF_F_ADJ_ROOM_ENCAP_L3_IPV4 0x2, BPF_F_INVALIDATE_HASH 0x2, BPF_F_NO_COMMON_LRU 0x2,
            BPF_F_TIMER_CPU_PIN 0x2, BPF_F_ZERO_CSUM_TX 0x2, BPF_F_ADJ_ROOM_ENCAP_L3_IPV6 0x4,
            BPF_F_DONT_FRAGMENT 0x4, BPF_F_LOCK 0x4, BPF_F_NUMA_NODE 0x4, BPF_F_ADJ_ROOM_ENCAP_L4_GRE 0x8,
            BPF_F_BROADCAST 0x8, BPF_F_RDONLY 0x8, BPF_F_SEQ_NUMBER 0x8, BPF_F_HDR_FIELD_MASK 0xf,
            BPF_F_ADJ_ROOM_ENCAP_L4_UDP 0x10, BPF_F_EXCLUDE_INGRESS 0x10, BPF_F_NO_TUNNEL_KEY 0x10,
            BPF_F_PSEUDO_HDR 0x10, BPF_F_TUNINFO_FLAGS 0x10, BPF_F_WRONLY 0x10, BPF_F_ADJ_ROOM_NO_CSUM_RESET 0x20,
            BPF_F_MARK_MANGLED_0 0x20, BPF_F_STACK_BUILD_ID 0x20, BPF_F_ADJ_ROOM_ENCAP_L2_ETH 0x40,
            BPF_F_MARK_ENFORCE 0x40, BPF_F_ZERO_SEED 0x40, BPF_F_ADJ_ROOM_DECAP_L3_IPV4 0x80, BPF_F_IPV6 0x80,
            BPF_F_RDONLY_PROG 0x80, BPF_F_SKIP_FIELD_MASK 0xff, BPF_F_ADJ_ROOM_DECAP_L3_IPV6 0x100,
            BPF_F_USER_STACK 0x100, BPF_F_WRONLY_PROG 0x100, BPF_F_CLONE 0x200, BPF_F_FAST_STACK_CMP 0x200,
            BPF_F_MMAPABLE 0x400, BPF_F_REUSE_STACKID 0x400, BPF_F_PRESERVE_ELEMS 0x800, BPF_F_USER_BUILD_ID 0x800,
            BPF_F_INNER_MAP 0x1000, BPF_F_LINK 0x2000, BPF_F_PATH_FD 0x4000, BPF_F_VTYPE_BTF_OBJ_FD 0x8000,
            BPF_F_NEIGH 0x10000, BPF_F_TOKEN_FD 0x10000, BPF_F_PEER 0x20000, BPF_F_SEGV_ON_FAULT 0x20000,
            BPF_F_NEXTHOP 0x40000, BPF_F_NO_USER_CONV 0x40000, BPF_F_CURRENT_CPU 0xffffffff,
            BPF_F_INDEX_MASK 0xffffffff, BPF_F_CTXLEN_MASK 0xfffff00000000
            """;

    /** Other arguments and results of helpers: linux/bpf.h (6.18). */
    private static final String HELPER_ARGUMENTS = """
            BPF_ADJ_ROOM_NET 0, BPF_CSUM_LEVEL_QUERY 0, BPF_FIB_LKUP_RET_SUCCESS 0, BPF_HDR_START_MAC 0,
            BPF_LWT_ENCAP_SEG6 0, BPF_MTU_CHK_RET_SUCCESS 0, BPF_RB_AVAIL_DATA 0, BPF_SKB_TSTAMP_UNSPEC 0,
            BPF_SOCK_OPS_VOID 0, BPF_STACK_BUILD_ID_EMPTY 0, TCP_BPF_BASE 0, TCP_BPF_IPV4 0, BPF_ADJ_ROOM_MAC 1,
            BPF_CSUM_LEVEL_INC 1, BPF_FIB_LKUP_RET_BLACKHOLE 1, BPF_FIB_LOOKUP_DIRECT 1,
            BPF_FLOW_DISSECTOR_F_PARSE_1ST_FRAG 1, BPF_HDR_START_NET 1, BPF_LOAD_HDR_OPT_TCP_SYN 1,
            BPF_LOCAL_STORAGE_GET_F_CREATE 1, BPF_LWT_ENCAP_SEG6_INLINE 1, BPF_MTU_CHK_RET_FRAG_NEEDED 1,
            BPF_MTU_CHK_SEGS 1, BPF_RB_NO_WAKEUP 1, BPF_RB_RING_SIZE 1, BPF_SKB_TSTAMP_DELIVERY_MONO 1,
            BPF_SK_STORAGE_GET_F_CREATE 1, BPF_SOCK_OPS_RTO_CB_FLAG 1, BPF_SOCK_OPS_TIMEOUT_INIT 1,
            BPF_STACK_BUILD_ID_VALID 1, BPF_TCP_ESTABLISHED 1, TCP_BPF_IPV6 1, TCP_BPF_TX 1, BPF_CSUM_LEVEL_DEC 2,
            BPF_FIB_LKUP_RET_UNREACHABLE 2, BPF_FIB_LOOKUP_OUTPUT 2, BPF_FLOW_DISSECTOR_F_STOP_AT_FLOW_LABEL 2,
            BPF_LWT_ENCAP_IP 2, BPF_MTU_CHK_RET_SEGS_TOOBIG 2, BPF_RB_CONS_POS 2, BPF_RB_FORCE_WAKEUP 2,
            BPF_SOCK_OPS_RETRANS_CB_FLAG 2, BPF_SOCK_OPS_RWND_INIT 2, BPF_STACK_BUILD_ID_IP 2, BPF_TCP_SYN_SENT 2,
            TCP_BPF_NUM_PROTS 2, TCP_BPF_RX 2, BPF_CSUM_LEVEL_RESET 3, BPF_FIB_LKUP_RET_PROHIBIT 3, BPF_RB_PROD_POS 3,
            BPF_SOCK_OPS_TCP_CONNECT_CB 3, BPF_TCP_SYN_RECV 3, TCP_BPF_TXRX 3, BPF_FIB_LKUP_RET_NOT_FWDED 4,
            BPF_FIB_LOOKUP_SKIP_NEIGH 4, BPF_FLOW_DISSECTOR_F_STOP_AT_ENCAP 4, BPF_SOCK_OPS_ACTIVE_ESTABLISHED_CB 4,
            BPF_SOCK_OPS_STATE_CB_FLAG 4, BPF_TCP_FIN_WAIT1 4, TCP_BPF_NUM_CFGS 4, BPF_FIB_LKUP_RET_FWD_DISABLED 5,
            BPF_SOCK_OPS_PASSIVE_ESTABLISHED_CB 5, BPF_TCP_FIN_WAIT2 5, BPF_FIB_LKUP_RET_UNSUPP_LWT 6,
            BPF_SOCK_OPS_NEEDS_ECN 6, BPF_TCP_TIME_WAIT 6, BPF_FIB_LKUP_RET_NO_NEIGH 7, BPF_SOCK_OPS_BASE_RTT 7,
            BPF_TCP_CLOSE 7, BPF_FIB_LKUP_RET_FRAG_NEEDED 8, BPF_FIB_LOOKUP_TBID 8, BPF_SOCK_OPS_RTO_CB 8,
            BPF_SOCK_OPS_RTT_CB_FLAG 8, BPF_TCP_CLOSE_WAIT 8, BPF_FIB_LKUP_RET_NO_SRC_ADDR 9,
            BPF_SOCK_OPS_RETRANS_CB 9, BPF_TCP_LAST_ACK 9, BPF_SOCK_OPS_STATE_CB 10, BPF_TCP_LISTEN 10,
            BPF_SOCK_OPS_TCP_LISTEN_CB 11, BPF_TCP_CLOSING 11, BPF_SOCK_OPS_RTT_CB 12, BPF_TCP_NEW_SYN_RECV 12,
            BPF_SOCK_OPS_PARSE_HDR_OPT_CB 13, BPF_TCP_BOUND_INACTIVE 13, BPF_SOCK_OPS_HDR_OPT_LEN_CB 14,
            BPF_TCP_MAX_STATES 14, BPF_SOCK_OPS_WRITE_HDR_OPT_CB 15, BPF_FIB_LOOKUP_SRC 16,
            BPF_SOCK_OPS_PARSE_ALL_HDR_OPT_CB_FLAG 16, BPF_SOCK_OPS_TSTAMP_SCHED_CB 16,
            BPF_SOCK_OPS_TSTAMP_SND_SW_CB 17, BPF_SOCK_OPS_TSTAMP_SND_HW_CB 18, BPF_SOCK_OPS_TSTAMP_ACK_CB 19,
            BPF_SOCK_OPS_TSTAMP_SENDMSG_CB 20, BPF_FIB_LOOKUP_MARK 32, BPF_SOCK_OPS_PARSE_UNKNOWN_HDR_OPT_CB_FLAG 32,
            BPF_ADJ_ROOM_ENCAP_L2_SHIFT 56, BPF_SOCK_OPS_WRITE_HDR_OPT_CB_FLAG 64, BPF_SOCK_OPS_ALL_CB_FLAGS 127,
            BPF_ADJ_ROOM_ENCAP_L2_MASK 255, TCP_BPF_IW 1001, TCP_BPF_SNDCWND_CLAMP 1002, TCP_BPF_DELACK_MAX 1003,
            TCP_BPF_RTO_MIN 1004, TCP_BPF_SYN 1005, TCP_BPF_SYN_IP 1006, TCP_BPF_SYN_MAC 1007,
            TCP_BPF_SOCK_OPS_CB_FLAGS 1008
            """;

    /** Ethernet protocols and lengths: linux/if_ether.h. */
    private static final String ETHERNET = """
            ETH_P_802_3 0x1, ETH_P_AX25 0x2, ETH_P_ALL 0x3, ETH_P_802_2 0x4, ETH_P_SNAP 0x5, ETH_ALEN 6,
            ETH_P_DDCMP 0x6, ETH_P_WAN_PPP 0x7, ETH_P_PPP_MP 0x8, ETH_P_LOCALTALK 0x9, ETH_P_CAN 0xc, ETH_P_CANFD 0xd,
            ETH_HLEN 14, ETH_P_CANXL 0xe, ETH_P_PPPTALK 0x10, ETH_P_TR_802_2 0x11, ETH_P_MOBITEX 0x15,
            ETH_P_CONTROL 0x16, ETH_P_IRDA 0x17, ETH_P_ECONET 0x18, ETH_P_HDLC 0x19, ETH_P_ARCNET 0x1a,
            ETH_P_DSA 0x1b, ETH_P_TRAILER 0x1c, ETH_ZLEN 60, ETH_P_LOOP 0x60, ETH_P_PHONET 0xf5,
            ETH_P_IEEE802154 0xf6, ETH_P_CAIF 0xf7, ETH_P_XDSA 0xf8, ETH_P_MAP 0xf9, ETH_P_MCTP 0xfa, ETH_P_PUP 0x200,
            ETH_P_PUPAT 0x201, ETH_DATA_LEN 1500, ETH_FRAME_LEN 1514, ETH_P_802_3_MIN 0x600, ETH_P_IP 0x800,
            ETH_P_X25 0x805, ETH_P_ARP 0x806, ETH_P_BPQ 0x8ff, ETH_P_IEEEPUP 0xa00, ETH_P_IEEEPUPAT 0xa01,
            ETH_P_ERSPAN2 0x22eb, ETH_P_TSN 0x22f0, ETH_P_BATMAN 0x4305, ETH_P_DEC 0x6000, ETH_P_DNA_DL 0x6001,
            ETH_P_DNA_RC 0x6002, ETH_P_DNA_RT 0x6003, ETH_P_LAT 0x6004, ETH_P_DIAG 0x6005, ETH_P_CUST 0x6006,
            ETH_P_SCA 0x6007, ETH_P_TEB 0x6558, ETH_P_RARP 0x8035, ETH_P_ATALK 0x809b, ETH_P_AARP 0x80f3,
            ETH_P_8021Q 0x8100, ETH_P_IPX 0x8137, ETH_P_IPV6 0x86dd, ETH_P_PAUSE 0x8808, ETH_P_SLOW 0x8809,
            ETH_P_WCCP 0x883e, ETH_P_MPLS_UC 0x8847, ETH_P_MPLS_MC 0x8848, ETH_P_ATMMPOA 0x884c,
            ETH_P_PPP_DISC 0x8863, ETH_P_PPP_SES 0x8864, ETH_P_LINK_CTL 0x886c, ETH_P_ATMFATE 0x8884,
            ETH_P_PAE 0x888e, ETH_P_PROFINET 0x8892, ETH_P_REALTEK 0x8899, ETH_P_AOE 0x88a2, ETH_P_ETHERCAT 0x88a4,
            ETH_P_8021AD 0x88a8, ETH_P_802_EX1 0x88b5, ETH_P_ERSPAN 0x88be, ETH_P_PREAUTH 0x88c7, ETH_P_TIPC 0x88ca,
            ETH_P_LLDP 0x88cc, ETH_P_MRP 0x88e3, ETH_P_MACSEC 0x88e5, ETH_P_8021AH 0x88e7, ETH_P_MVRP 0x88f5,
            ETH_P_1588 0x88f7, ETH_P_NCSI 0x88f8, ETH_P_PRP 0x88fb, ETH_P_CFM 0x8902, ETH_P_FCOE 0x8906,
            ETH_P_TDLS 0x890d, ETH_P_FIP 0x8914, ETH_P_IBOE 0x8915, ETH_P_80221 0x8917, ETH_P_HSR 0x892f,
            ETH_P_NSH 0x894f, ETH_P_LOOPBACK 0x9000, ETH_P_QINQ1 0x9100, ETH_P_QINQ2 0x9200, ETH_P_QINQ3 0x9300,
            ETH_P_EDSA 0xdada, ETH_P_DSA_8021Q 0xdadb, ETH_P_DSA_A5PSW 0xe001, ETH_P_IFE 0xed3e, ETH_P_AF_IUCV 0xfbfb
            """;

    /** Internet protocols and address families: linux/in.h, linux/in6.h, linux/socket.h. */
    private static final String INTERNET = """
            AF_UNSPEC 0, IPPROTO_HOPOPTS 0, IPPROTO_IP 0, AF_UNIX 1, IPPROTO_ICMP 1, AF_INET 2, IPPROTO_IGMP 2,
            IPPROTO_IPIP 4, IPPROTO_TCP 6, IPPROTO_EGP 8, AF_INET6 10, IPPROTO_PUP 12, IPPROTO_UDP 17, IPPROTO_IDP 22,
            IPPROTO_TP 29, IPPROTO_DCCP 33, IPPROTO_IPV6 41, IPPROTO_ROUTING 43, IPPROTO_FRAGMENT 44, IPPROTO_RSVP 46,
            IPPROTO_GRE 47, IPPROTO_ESP 50, IPPROTO_AH 51, IPPROTO_ICMPV6 58, IPPROTO_NONE 59, IPPROTO_DSTOPTS 60,
            IPPROTO_MTP 92, IPPROTO_BEETPH 94, IPPROTO_ENCAP 98, IPPROTO_PIM 103, IPPROTO_COMP 108, IPPROTO_L2TP 115,
            IPPROTO_SCTP 132, IPPROTO_MH 135, IPPROTO_UDPLITE 136, IPPROTO_MPLS 137, IPPROTO_ETHERNET 143,
            IPPROTO_RAW 255, IPPROTO_MPTCP 262
            """;

    private static final Map<String, Long> BY_NAME = byName();

    private UapiConstants() {}

    /** The value of a constant as C has it, negative ones sign-extended to 64 bits; empty if the name is not known. */
    public static OptionalLong value(String name) {
        Long value = BY_NAME.get(name);
        return value == null ? OptionalLong.empty() : OptionalLong.of(value);
    }

    /** All names, sorted. */
    public static Set<String> names() {
        return BY_NAME.keySet();
    }

    private static Map<String, Long> byName() {
        Map<String, Long> table = new TreeMap<>();
        for (String group : new String[] {VERDICTS, FLAGS, HELPER_ARGUMENTS, ETHERNET, INTERNET}) {
            for (String entry : group.strip().split(",\\s+")) {
                int space = entry.indexOf(' ');
                table.put(entry.substring(0, space), Long.decode(entry.substring(space + 1)));
            }
        }
        for (MapType type : MapType.values()) {
            table.put(type.uapiName(), (long) type.number());
        }
        for (ProgramType type : ProgramType.values()) {
            table.put(type.uapiName(), (long) type.number());
        }
        for (AttachType type : AttachType.values()) {
            table.put(type.uapiName(), (long) type.number());
        }
        for (HelperId helper : HelperId.values()) {
            table.put(helper.uapiName(), (long) helper.number());
        }
        for (Errno errno : Errno.values()) {
            table.put(errno.name(), (long) errno.number());
        }
        return Collections.unmodifiableMap(table);
    }
}
