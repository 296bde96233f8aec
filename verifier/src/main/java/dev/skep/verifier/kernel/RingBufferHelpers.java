package dev.skep.verifier.kernel;

import static dev.skep.object.program.HelperId.DYNPTR_DATA;
import static dev.skep.object.program.HelperId.DYNPTR_FROM_MEM;
import static dev.skep.object.program.HelperId.DYNPTR_READ;
import static dev.skep.object.program.HelperId.DYNPTR_WRITE;
import static dev.skep.object.program.HelperId.RINGBUF_DISCARD;
import static dev.skep.object.program.HelperId.RINGBUF_DISCARD_DYNPTR;
import static dev.skep.object.program.HelperId.RINGBUF_OUTPUT;
import static dev.skep.object.program.HelperId.RINGBUF_QUERY;
import static dev.skep.object.program.HelperId.RINGBUF_RESERVE;
import static dev.skep.object.program.HelperId.RINGBUF_RESERVE_DYNPTR;
import static dev.skep.object.program.HelperId.RINGBUF_SUBMIT;
import static dev.skep.object.program.HelperId.RINGBUF_SUBMIT_DYNPTR;
import static dev.skep.object.program.HelperId.USER_RINGBUF_DRAIN;
import static dev.skep.verifier.kernel.Arguments.ALLOCATED_SIZE;
import static dev.skep.verifier.kernel.Arguments.ANYTHING;
import static dev.skep.verifier.kernel.Arguments.DYNPTR;
import static dev.skep.verifier.kernel.Arguments.FUNCTION;
import static dev.skep.verifier.kernel.Arguments.INPUT;
import static dev.skep.verifier.kernel.Arguments.LOCAL_DYNPTR;
import static dev.skep.verifier.kernel.Arguments.MAP;
import static dev.skep.verifier.kernel.Arguments.OUTPUT;
import static dev.skep.verifier.kernel.Arguments.RECORD;
import static dev.skep.verifier.kernel.Arguments.RECORD_DYNPTR;
import static dev.skep.verifier.kernel.Arguments.SIZE_OR_ZERO;
import static dev.skep.verifier.kernel.Arguments.STACK;
import static dev.skep.verifier.kernel.Callers.BASE;
import static dev.skep.verifier.kernel.HelperTrait.ACQUIRES;
import static dev.skep.verifier.kernel.HelperTrait.BORROWS_FROM_DYNPTR;
import static dev.skep.verifier.kernel.HelperTrait.CALLS_BACK;
import static dev.skep.verifier.kernel.HelperTrait.NEEDS_CAP_BPF;
import static dev.skep.verifier.kernel.HelperTrait.RELEASES;
import static dev.skep.verifier.kernel.Results.ALLOCATED;
import static dev.skep.verifier.kernel.Results.VOID;
import static dev.skep.verifier.kernel.Signature.helper;
import static dev.skep.verifier.kernel.TypeModifier.RINGBUF;

import java.util.List;

/** Ring buffers and dynptrs: kernel/bpf/ringbuf.c, kernel/bpf/helpers.c. */
final class RingBufferHelpers {
    static final List<HelperRule> RULES = List.of(
            helper(RINGBUF_OUTPUT).takes(MAP, INPUT, SIZE_OR_ZERO, ANYTHING).by(BASE),
            helper(RINGBUF_RESERVE)
                    .takes(MAP, ALLOCATED_SIZE, ANYTHING)
                    .returns(ALLOCATED.with(RINGBUF).orNull())
                    .with(ACQUIRES)
                    .by(BASE),
            helper(RINGBUF_SUBMIT)
                    .takes(RECORD.releasing(), ANYTHING)
                    .returns(VOID)
                    .with(RELEASES)
                    .by(BASE),
            helper(RINGBUF_DISCARD)
                    .takes(RECORD.releasing(), ANYTHING)
                    .returns(VOID)
                    .with(RELEASES)
                    .by(BASE),
            helper(RINGBUF_QUERY).takes(MAP, ANYTHING).by(BASE),
            helper(RINGBUF_RESERVE_DYNPTR)
                    .takes(MAP, ANYTHING, ANYTHING, RECORD_DYNPTR.filled())
                    .with(NEEDS_CAP_BPF)
                    .by(BASE),
            helper(RINGBUF_SUBMIT_DYNPTR)
                    .takes(RECORD_DYNPTR.releasing(), ANYTHING)
                    .returns(VOID)
                    .with(RELEASES, NEEDS_CAP_BPF)
                    .by(BASE),
            helper(RINGBUF_DISCARD_DYNPTR)
                    .takes(RECORD_DYNPTR.releasing(), ANYTHING)
                    .returns(VOID)
                    .with(RELEASES, NEEDS_CAP_BPF)
                    .by(BASE),
            helper(USER_RINGBUF_DRAIN)
                    .takes(MAP, FUNCTION, STACK.orNull(), ANYTHING)
                    .with(CALLS_BACK, NEEDS_CAP_BPF)
                    .by(BASE),
            helper(DYNPTR_FROM_MEM)
                    .takes(OUTPUT, SIZE_OR_ZERO, ANYTHING, LOCAL_DYNPTR.filled())
                    .with(NEEDS_CAP_BPF)
                    .by(BASE),
            helper(DYNPTR_READ)
                    .takes(OUTPUT, SIZE_OR_ZERO, DYNPTR.readOnly(), ANYTHING, ANYTHING)
                    .with(NEEDS_CAP_BPF)
                    .by(BASE),
            helper(DYNPTR_WRITE)
                    .takes(DYNPTR.readOnly(), ANYTHING, INPUT, SIZE_OR_ZERO, ANYTHING)
                    .with(NEEDS_CAP_BPF)
                    .by(BASE),
            helper(DYNPTR_DATA)
                    .takes(DYNPTR.readOnly(), ANYTHING, ALLOCATED_SIZE)
                    .returns(ALLOCATED.orNull())
                    .with(BORROWS_FROM_DYNPTR, NEEDS_CAP_BPF)
                    .by(BASE));

    private RingBufferHelpers() {}
}
