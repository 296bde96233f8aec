package dev.skep.verifier.kernel;

import static dev.skep.object.program.HelperId.CHECK_MTU;
import static dev.skep.object.program.HelperId.CLONE_REDIRECT;
import static dev.skep.object.program.HelperId.FIB_LOOKUP;
import static dev.skep.object.program.HelperId.REDIRECT;
import static dev.skep.object.program.HelperId.REDIRECT_MAP;
import static dev.skep.object.program.HelperId.REDIRECT_NEIGH;
import static dev.skep.object.program.HelperId.REDIRECT_PEER;
import static dev.skep.object.program.HelperId.XDP_ADJUST_HEAD;
import static dev.skep.object.program.HelperId.XDP_ADJUST_META;
import static dev.skep.object.program.HelperId.XDP_ADJUST_TAIL;
import static dev.skep.object.program.HelperId.XDP_GET_BUFF_LEN;
import static dev.skep.object.program.HelperId.XDP_LOAD_BYTES;
import static dev.skep.object.program.HelperId.XDP_STORE_BYTES;
import static dev.skep.object.program.ProgramType.LWT_XMIT;
import static dev.skep.object.program.ProgramType.XDP;
import static dev.skep.verifier.kernel.Arguments.ANYTHING;
import static dev.skep.verifier.kernel.Arguments.CTX;
import static dev.skep.verifier.kernel.Arguments.INPUT;
import static dev.skep.verifier.kernel.Arguments.MAP;
import static dev.skep.verifier.kernel.Arguments.MEMORY;
import static dev.skep.verifier.kernel.Arguments.OUTPUT;
import static dev.skep.verifier.kernel.Arguments.SIZE;
import static dev.skep.verifier.kernel.Arguments.SIZE_OR_ZERO;
import static dev.skep.verifier.kernel.Arguments.object;
import static dev.skep.verifier.kernel.Callers.BTF_TRACERS;
import static dev.skep.verifier.kernel.Callers.CLASSIFIERS;
import static dev.skep.verifier.kernel.Callers.of;
import static dev.skep.verifier.kernel.HelperTrait.CHANGES_PACKET_DATA;
import static dev.skep.verifier.kernel.HelperTrait.GPL_ONLY;
import static dev.skep.verifier.kernel.Signature.helper;

import java.util.List;

/** XDP, redirection and routes: net/core/filter.c. */
final class ForwardingHelpers {
    static final List<HelperRule> RULES = List.of(
            helper(XDP_ADJUST_HEAD)
                    .takes(CTX, ANYTHING)
                    .with(CHANGES_PACKET_DATA)
                    .by(of(XDP)),
            helper(XDP_ADJUST_META)
                    .takes(CTX, ANYTHING)
                    .with(CHANGES_PACKET_DATA)
                    .by(of(XDP)),
            helper(XDP_ADJUST_TAIL)
                    .takes(CTX, ANYTHING)
                    .with(CHANGES_PACKET_DATA)
                    .by(of(XDP)),
            helper(XDP_GET_BUFF_LEN).takes(CTX).by(of(XDP)),
            helper(XDP_GET_BUFF_LEN).takes(object("xdp_buff")).by(BTF_TRACERS),
            helper(XDP_LOAD_BYTES).takes(CTX, ANYTHING, OUTPUT, SIZE).by(of(XDP)),
            helper(XDP_STORE_BYTES).takes(CTX, ANYTHING, INPUT, SIZE).by(of(XDP)),
            helper(REDIRECT).takes(ANYTHING, ANYTHING).by(CLASSIFIERS, of(XDP, LWT_XMIT)),
            helper(REDIRECT_MAP).takes(MAP, ANYTHING, ANYTHING).by(of(XDP)),
            helper(REDIRECT_NEIGH)
                    .takes(ANYTHING, INPUT.orNull(), SIZE_OR_ZERO, ANYTHING)
                    .by(CLASSIFIERS),
            helper(REDIRECT_PEER).takes(ANYTHING, ANYTHING).by(CLASSIFIERS),
            helper(CLONE_REDIRECT)
                    .takes(CTX, ANYTHING, ANYTHING)
                    .with(CHANGES_PACKET_DATA)
                    .by(CLASSIFIERS, of(LWT_XMIT)),
            helper(FIB_LOOKUP).takes(CTX, MEMORY, SIZE, ANYTHING).with(GPL_ONLY).by(CLASSIFIERS, of(XDP)),
            helper(CHECK_MTU)
                    .takes(CTX, ANYTHING, MEMORY.written().ofSize(4).aligned(), ANYTHING, ANYTHING)
                    .with(GPL_ONLY)
                    .by(CLASSIFIERS, of(XDP)));

    private ForwardingHelpers() {}
}
