package dev.skep.verifier.kernel;

import static dev.skep.object.program.HelperId.CSUM_DIFF;
import static dev.skep.object.program.HelperId.CSUM_LEVEL;
import static dev.skep.object.program.HelperId.CSUM_UPDATE;
import static dev.skep.object.program.HelperId.GET_HASH_RECALC;
import static dev.skep.object.program.HelperId.GET_ROUTE_REALM;
import static dev.skep.object.program.HelperId.L3_CSUM_REPLACE;
import static dev.skep.object.program.HelperId.L4_CSUM_REPLACE;
import static dev.skep.object.program.HelperId.LWT_PUSH_ENCAP;
import static dev.skep.object.program.HelperId.LWT_SEG6_ACTION;
import static dev.skep.object.program.HelperId.LWT_SEG6_ADJUST_SRH;
import static dev.skep.object.program.HelperId.LWT_SEG6_STORE_BYTES;
import static dev.skep.object.program.HelperId.SET_HASH;
import static dev.skep.object.program.HelperId.SET_HASH_INVALID;
import static dev.skep.object.program.HelperId.SKB_ADJUST_ROOM;
import static dev.skep.object.program.HelperId.SKB_CHANGE_HEAD;
import static dev.skep.object.program.HelperId.SKB_CHANGE_PROTO;
import static dev.skep.object.program.HelperId.SKB_CHANGE_TAIL;
import static dev.skep.object.program.HelperId.SKB_CHANGE_TYPE;
import static dev.skep.object.program.HelperId.SKB_ECN_SET_CE;
import static dev.skep.object.program.HelperId.SKB_GET_TUNNEL_KEY;
import static dev.skep.object.program.HelperId.SKB_GET_TUNNEL_OPT;
import static dev.skep.object.program.HelperId.SKB_GET_XFRM_STATE;
import static dev.skep.object.program.HelperId.SKB_LOAD_BYTES;
import static dev.skep.object.program.HelperId.SKB_LOAD_BYTES_RELATIVE;
import static dev.skep.object.program.HelperId.SKB_PULL_DATA;
import static dev.skep.object.program.HelperId.SKB_SET_TSTAMP;
import static dev.skep.object.program.HelperId.SKB_SET_TUNNEL_KEY;
import static dev.skep.object.program.HelperId.SKB_SET_TUNNEL_OPT;
import static dev.skep.object.program.HelperId.SKB_STORE_BYTES;
import static dev.skep.object.program.HelperId.SKB_VLAN_POP;
import static dev.skep.object.program.HelperId.SKB_VLAN_PUSH;
import static dev.skep.object.program.ProgramType.CGROUP_SKB;
import static dev.skep.object.program.ProgramType.FLOW_DISSECTOR;
import static dev.skep.object.program.ProgramType.LWT_IN;
import static dev.skep.object.program.ProgramType.LWT_OUT;
import static dev.skep.object.program.ProgramType.LWT_SEG6LOCAL;
import static dev.skep.object.program.ProgramType.LWT_XMIT;
import static dev.skep.object.program.ProgramType.SK_REUSEPORT;
import static dev.skep.object.program.ProgramType.SK_SKB;
import static dev.skep.object.program.ProgramType.SOCKET_FILTER;
import static dev.skep.object.program.ProgramType.XDP;
import static dev.skep.verifier.kernel.Arguments.ANYTHING;
import static dev.skep.verifier.kernel.Arguments.CTX;
import static dev.skep.verifier.kernel.Arguments.INPUT;
import static dev.skep.verifier.kernel.Arguments.OUTPUT;
import static dev.skep.verifier.kernel.Arguments.SIZE;
import static dev.skep.verifier.kernel.Arguments.SIZE_OR_ZERO;
import static dev.skep.verifier.kernel.Callers.CLASSIFIERS;
import static dev.skep.verifier.kernel.Callers.TUNNELS;
import static dev.skep.verifier.kernel.Callers.of;
import static dev.skep.verifier.kernel.HelperTrait.CHANGES_PACKET_DATA;
import static dev.skep.verifier.kernel.HelperTrait.PACKET_ACCESS;
import static dev.skep.verifier.kernel.Signature.helper;

import java.util.List;

/** Packets in socket buffers: net/core/filter.c. */
final class PacketHelpers {
    static final List<HelperRule> RULES = List.of(
            helper(SKB_STORE_BYTES)
                    .takes(CTX, ANYTHING, INPUT, SIZE, ANYTHING)
                    .with(CHANGES_PACKET_DATA)
                    .by(CLASSIFIERS, of(LWT_XMIT, SK_SKB)),
            helper(SKB_LOAD_BYTES)
                    .takes(CTX, ANYTHING, OUTPUT, SIZE)
                    .by(TUNNELS, CLASSIFIERS, of(SOCKET_FILTER, CGROUP_SKB, SK_SKB, SK_REUSEPORT, FLOW_DISSECTOR)),
            helper(SKB_LOAD_BYTES_RELATIVE)
                    .takes(CTX, ANYTHING, OUTPUT, SIZE, ANYTHING)
                    .by(CLASSIFIERS, of(SOCKET_FILTER, CGROUP_SKB, SK_REUSEPORT)),
            helper(SKB_PULL_DATA)
                    .takes(CTX, ANYTHING)
                    .with(CHANGES_PACKET_DATA)
                    .by(
                            CLASSIFIERS,
                            of(LWT_IN, LWT_OUT, LWT_XMIT, SK_SKB),
                            of(LWT_SEG6LOCAL).since("6.18")),
            helper(SKB_VLAN_PUSH)
                    .takes(CTX, ANYTHING, ANYTHING)
                    .with(CHANGES_PACKET_DATA)
                    .by(CLASSIFIERS),
            helper(SKB_VLAN_POP).takes(CTX).with(CHANGES_PACKET_DATA).by(CLASSIFIERS),
            helper(SKB_CHANGE_PROTO)
                    .takes(CTX, ANYTHING, ANYTHING)
                    .with(CHANGES_PACKET_DATA)
                    .by(CLASSIFIERS),
            helper(SKB_CHANGE_TYPE).takes(CTX, ANYTHING).by(CLASSIFIERS),
            helper(SKB_CHANGE_TAIL)
                    .takes(CTX, ANYTHING, ANYTHING)
                    .with(CHANGES_PACKET_DATA)
                    .by(CLASSIFIERS, of(LWT_XMIT, SK_SKB)),
            helper(SKB_CHANGE_HEAD)
                    .takes(CTX, ANYTHING, ANYTHING)
                    .with(CHANGES_PACKET_DATA)
                    .by(CLASSIFIERS, of(LWT_XMIT, SK_SKB)),
            helper(SKB_ADJUST_ROOM)
                    .takes(CTX, ANYTHING, ANYTHING, ANYTHING)
                    .with(CHANGES_PACKET_DATA)
                    .by(CLASSIFIERS, of(SK_SKB)),
            helper(SKB_SET_TSTAMP).takes(CTX, ANYTHING, ANYTHING).by(CLASSIFIERS),
            helper(SKB_ECN_SET_CE).takes(CTX).by(CLASSIFIERS, of(CGROUP_SKB)),
            helper(SKB_GET_TUNNEL_KEY).takes(CTX, OUTPUT, SIZE, ANYTHING).by(CLASSIFIERS, of(LWT_XMIT)),
            helper(SKB_SET_TUNNEL_KEY).takes(CTX, INPUT, SIZE, ANYTHING).by(CLASSIFIERS, of(LWT_XMIT)),
            helper(SKB_GET_TUNNEL_OPT).takes(CTX, OUTPUT, SIZE).by(CLASSIFIERS, of(LWT_XMIT)),
            helper(SKB_SET_TUNNEL_OPT).takes(CTX, INPUT, SIZE).by(CLASSIFIERS, of(LWT_XMIT)),
            helper(SKB_GET_XFRM_STATE)
                    .takes(CTX, ANYTHING, OUTPUT, SIZE, ANYTHING)
                    .by(CLASSIFIERS),
            helper(GET_ROUTE_REALM).takes(CTX).by(TUNNELS, CLASSIFIERS),
            helper(GET_HASH_RECALC).takes(CTX).by(TUNNELS, CLASSIFIERS),
            helper(SET_HASH_INVALID).takes(CTX).by(CLASSIFIERS, of(LWT_XMIT)),
            helper(SET_HASH).takes(CTX, ANYTHING).by(CLASSIFIERS),
            helper(L3_CSUM_REPLACE)
                    .takes(CTX, ANYTHING, ANYTHING, ANYTHING, ANYTHING)
                    .with(CHANGES_PACKET_DATA)
                    .by(CLASSIFIERS, of(LWT_XMIT)),
            helper(L4_CSUM_REPLACE)
                    .takes(CTX, ANYTHING, ANYTHING, ANYTHING, ANYTHING)
                    .with(CHANGES_PACKET_DATA)
                    .by(CLASSIFIERS, of(LWT_XMIT)),
            helper(CSUM_DIFF)
                    .takes(INPUT.orNull(), SIZE_OR_ZERO, INPUT.orNull(), SIZE_OR_ZERO, ANYTHING)
                    .with(PACKET_ACCESS)
                    .by(TUNNELS, CLASSIFIERS, of(XDP)),
            helper(CSUM_UPDATE).takes(CTX, ANYTHING).by(CLASSIFIERS, of(LWT_XMIT)),
            helper(CSUM_LEVEL).takes(CTX, ANYTHING).by(CLASSIFIERS, of(LWT_XMIT)),
            helper(LWT_PUSH_ENCAP)
                    .takes(CTX, ANYTHING, INPUT, SIZE)
                    .with(CHANGES_PACKET_DATA)
                    .by(of(LWT_IN, LWT_XMIT)),
            helper(LWT_SEG6_STORE_BYTES)
                    .takes(CTX, ANYTHING, INPUT, SIZE)
                    .with(CHANGES_PACKET_DATA)
                    .by(of(LWT_SEG6LOCAL)),
            helper(LWT_SEG6_ADJUST_SRH)
                    .takes(CTX, ANYTHING, ANYTHING)
                    .with(CHANGES_PACKET_DATA)
                    .by(of(LWT_SEG6LOCAL)),
            helper(LWT_SEG6_ACTION)
                    .takes(CTX, ANYTHING, INPUT, SIZE)
                    .with(CHANGES_PACKET_DATA)
                    .by(of(LWT_SEG6LOCAL)));

    private PacketHelpers() {}
}
