package dev.skep.verifier.kernel;

import static dev.skep.object.program.HelperId.FOR_EACH_MAP_ELEM;
import static dev.skep.object.program.HelperId.KPTR_XCHG;
import static dev.skep.object.program.HelperId.LOOP;
import static dev.skep.object.program.HelperId.MAP_DELETE_ELEM;
import static dev.skep.object.program.HelperId.MAP_LOOKUP_ELEM;
import static dev.skep.object.program.HelperId.MAP_LOOKUP_PERCPU_ELEM;
import static dev.skep.object.program.HelperId.MAP_PEEK_ELEM;
import static dev.skep.object.program.HelperId.MAP_POP_ELEM;
import static dev.skep.object.program.HelperId.MAP_PUSH_ELEM;
import static dev.skep.object.program.HelperId.MAP_UPDATE_ELEM;
import static dev.skep.object.program.HelperId.PER_CPU_PTR;
import static dev.skep.object.program.HelperId.SPIN_UNLOCK;
import static dev.skep.object.program.HelperId.TAIL_CALL;
import static dev.skep.object.program.HelperId.THIS_CPU_PTR;
import static dev.skep.object.program.HelperId.TIMER_CANCEL;
import static dev.skep.object.program.HelperId.TIMER_INIT;
import static dev.skep.object.program.HelperId.TIMER_SET_CALLBACK;
import static dev.skep.object.program.HelperId.TIMER_START;
import static dev.skep.object.program.ProgramType.LIRC_MODE2;
import static dev.skep.verifier.kernel.Arguments.ANYTHING;
import static dev.skep.verifier.kernel.Arguments.ANY_OBJECT;
import static dev.skep.verifier.kernel.Arguments.CTX;
import static dev.skep.verifier.kernel.Arguments.FUNCTION;
import static dev.skep.verifier.kernel.Arguments.KPTR_FIELD;
import static dev.skep.verifier.kernel.Arguments.MAP;
import static dev.skep.verifier.kernel.Arguments.MAP_KEY;
import static dev.skep.verifier.kernel.Arguments.MAP_VALUE;
import static dev.skep.verifier.kernel.Arguments.PER_CPU_VARIABLE;
import static dev.skep.verifier.kernel.Arguments.SPIN_LOCK;
import static dev.skep.verifier.kernel.Arguments.STACK;
import static dev.skep.verifier.kernel.Arguments.TIMER;
import static dev.skep.verifier.kernel.Callers.BASE;
import static dev.skep.verifier.kernel.Callers.of;
import static dev.skep.verifier.kernel.HelperTrait.ACQUIRES;
import static dev.skep.verifier.kernel.HelperTrait.ACQUIRES_FROM_SOCKET_MAP;
import static dev.skep.verifier.kernel.HelperTrait.CALLS_BACK;
import static dev.skep.verifier.kernel.HelperTrait.CALLS_BACK_LATER;
import static dev.skep.verifier.kernel.HelperTrait.CHANGES_PACKET_DATA;
import static dev.skep.verifier.kernel.HelperTrait.GPL_ONLY;
import static dev.skep.verifier.kernel.HelperTrait.NEEDS_CAP_BPF;
import static dev.skep.verifier.kernel.HelperTrait.PACKET_ACCESS;
import static dev.skep.verifier.kernel.HelperTrait.RELEASES;
import static dev.skep.verifier.kernel.Results.AN_OBJECT;
import static dev.skep.verifier.kernel.Results.VALUE;
import static dev.skep.verifier.kernel.Results.VARIABLE;
import static dev.skep.verifier.kernel.Results.VOID;
import static dev.skep.verifier.kernel.Signature.helper;
import static dev.skep.verifier.kernel.TypeModifier.RDONLY;

import dev.skep.object.program.HelperId;
import java.util.List;

/** Maps of all kinds, locks, timers, kptrs and callbacks: kernel/bpf/helpers.c and its neighbours. */
final class MapHelpers {
    static final List<HelperRule> RULES = List.of(
            helper(MAP_LOOKUP_ELEM)
                    .takes(MAP, MAP_KEY)
                    .returns(VALUE.orNull())
                    .with(PACKET_ACCESS, ACQUIRES_FROM_SOCKET_MAP)
                    .by(BASE, of(LIRC_MODE2)),
            helper(MAP_UPDATE_ELEM)
                    .takes(MAP, MAP_KEY, MAP_VALUE, ANYTHING)
                    .with(PACKET_ACCESS)
                    .by(BASE, of(LIRC_MODE2)),
            helper(MAP_DELETE_ELEM).takes(MAP, MAP_KEY).with(PACKET_ACCESS).by(BASE, of(LIRC_MODE2)),
            helper(MAP_PUSH_ELEM)
                    .takes(MAP, MAP_VALUE, ANYTHING)
                    .with(PACKET_ACCESS)
                    .by(BASE, of(LIRC_MODE2)),
            helper(MAP_POP_ELEM).takes(MAP, MAP_VALUE.filled()).by(BASE, of(LIRC_MODE2)),
            helper(MAP_PEEK_ELEM).takes(MAP, MAP_VALUE.filled()).by(BASE, of(LIRC_MODE2)),
            helper(MAP_LOOKUP_PERCPU_ELEM)
                    .takes(MAP, MAP_KEY, ANYTHING)
                    .returns(VALUE.orNull())
                    .with(PACKET_ACCESS)
                    .by(BASE),
            helper(FOR_EACH_MAP_ELEM)
                    .takes(MAP, FUNCTION, STACK.orNull(), ANYTHING)
                    .with(CALLS_BACK, NEEDS_CAP_BPF)
                    .by(BASE),
            helper(TAIL_CALL)
                    .takes(CTX, MAP, ANYTHING)
                    .returns(VOID)
                    .with(CHANGES_PACKET_DATA)
                    .by(BASE, of(LIRC_MODE2)),
            helper(HelperId.SPIN_LOCK)
                    .takes(SPIN_LOCK)
                    .returns(VOID)
                    .with(NEEDS_CAP_BPF)
                    .by(BASE),
            helper(SPIN_UNLOCK)
                    .takes(SPIN_LOCK)
                    .returns(VOID)
                    .with(NEEDS_CAP_BPF)
                    .by(BASE),
            helper(TIMER_INIT)
                    .takes(TIMER, MAP, ANYTHING)
                    .with(GPL_ONLY, NEEDS_CAP_BPF)
                    .by(BASE),
            helper(TIMER_SET_CALLBACK)
                    .takes(TIMER, FUNCTION)
                    .with(GPL_ONLY, CALLS_BACK_LATER, NEEDS_CAP_BPF)
                    .by(BASE),
            helper(TIMER_START)
                    .takes(TIMER, ANYTHING, ANYTHING)
                    .with(GPL_ONLY, NEEDS_CAP_BPF)
                    .by(BASE),
            helper(TIMER_CANCEL).takes(TIMER).with(GPL_ONLY, NEEDS_CAP_BPF).by(BASE),
            helper(KPTR_XCHG)
                    .takes(KPTR_FIELD, ANY_OBJECT.orNull().releasing())
                    .returns(AN_OBJECT.orNull())
                    .with(RELEASES, ACQUIRES, NEEDS_CAP_BPF)
                    .by(BASE),
            helper(PER_CPU_PTR)
                    .takes(PER_CPU_VARIABLE, ANYTHING)
                    .returns(VARIABLE.with(RDONLY).orNull())
                    .with(NEEDS_CAP_BPF)
                    .by(BASE),
            helper(THIS_CPU_PTR)
                    .takes(PER_CPU_VARIABLE)
                    .returns(VARIABLE.with(RDONLY))
                    .with(NEEDS_CAP_BPF)
                    .by(BASE),
            helper(LOOP)
                    .takes(ANYTHING, FUNCTION, STACK.orNull(), ANYTHING)
                    .with(CALLS_BACK, NEEDS_CAP_BPF)
                    .by(BASE));

    private MapHelpers() {}
}
