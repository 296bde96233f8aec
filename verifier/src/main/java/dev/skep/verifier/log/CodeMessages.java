package dev.skep.verifier.log;

/** Messages about the code as such and its size: kernel/bpf/verifier.c, check_cfg, resolve_pseudo_ldimm64, do_check. */
final class CodeMessages {
    static final String TABLE = """
            too-complex | BPF program is too large. Processed # insn
            too-complex | The sequence of # jumps is too complex*
            too-complex | program is too large*
            too-complex | Program  too large (# insns), at most # insns
            too-complex | liveness analysis exceeded complexity limit (# calls)
            too-complex | *: too many iterations
            too-complex | failed to push state for global subprog exception path
            unbounded-loop | infinite loop detected at insn {instruction}
            unbounded-loop | back-edge from insn # to {instruction}
            unbounded-loop | frame* bpf_loop iteration limit reached
            unreachable-code | unreachable insn {instruction}
            control-flow | jump out of range from insn {instruction} to #
            control-flow | jump into the middle of ldimm64 insn {instruction}
            control-flow | last insn is not an exit or jmp
            control-flow | invalid insn idx {instruction} insn_cnt #
            control-flow | call to invalid destination
            control-flow | Subprog * doesn't exist
            too-complex | too many subprograms
            control-flow | verifier bug. No program starts at insn {instruction}
            control-flow | recursive call from *
            control-flow | no jump tables found for subprog starting at *
            control-flow | indirect jump out of range from insn {instruction} to #
            control-flow | R{register} points to outside of jump table: *
            control-flow | R{register} has type *, expected PTR_TO_INSN
            control-flow | the sum of R{register} u*_value # is too big
            control-flow | register R{register} doesn't point to any offset in map id=#
            control-flow | Failed to properly initialize insn array
            control-flow | *jump table* insn {instruction}*
            control-flow | insn # cannot be patched due to 16-bit range
            control-flow | pop stack internal bug
            control-flow | insn state internal bug
            control-flow | visit_insn internal bug
            stack-size | combined stack size of # calls is #. Too large
            stack-size | combined stack size of *
            stack-size | stack size of subprog # is #. Too large
            stack-size | stack depth # exceeds interpreter stack depth limit
            stack-size | stack size #(extra #) is too large
            stack-size | the call stack of # frames is too deep*
            stack-size | * nested function call is too deep*
            invalid-instruction | unknown opcode {opcode}
            invalid-instruction | unknown insn class #
            invalid-instruction | * is reserved in {*} *and must be 0, but is #
            invalid-instruction | opcode # does not exist *
            invalid-instruction | * names r*, but a program has r0 to r10
            invalid-instruction | * uses reserved fields*
            invalid-instruction | unknown opcode #
            invalid-instruction | Unknown conditional jump #
            invalid-instruction | unknown stack slot type #
            invalid-instruction | unknown iter state #
            invalid-instruction | invalid return type # of func *
            invalid-instruction | unknown return type # of func *
            invalid-instruction | func * has non-overwritten BPF_PTR_POISON return type
            invalid-instruction | map type # is misconfigured
            invalid-instruction | invalid may_goto imm #
            invalid-instruction | pseudo btf_id # in ldimm64 isn't KIND_VAR.
            invalid-instruction | fd_idx # is not a map
            invalid-instruction | fd_idx # out of bounds, fd_array_cnt #
            invalid-instruction | fd_array_cnt # without fd_array is invalid
            invalid-instruction | fd_array has too many entries (#, max #)
            invalid-instruction | fd # is not pointing to valid bpf_map or btf
            invalid-instruction | Verifier bug*
            invalid-instruction | Unhandled enum type for reference state: #
            invalid-instruction | invalid BPF_*
            invalid-instruction | invalid bpf_ld_imm64 insn
            invalid-instruction | unrecognized bpf_ld_imm64 insn
            invalid-instruction | invalid shift #
            invalid-instruction | div by zero
            invalid-instruction | BPF_ATOMIC uses invalid atomic opcode *
            invalid-instruction | BPF_STX uses *
            invalid-instruction | invalid may_goto off # imm #
            invalid-instruction | addr_space_cast insn can *
            scalar-as-pointer | at the time of BPF_LD_ABS|IND R6 != pointer to skb
            invalid-instruction | reserved field *
            invalid-instruction | fd # is not pointing to valid bpf_map
            invalid-instruction | fd_idx without fd_array is invalid
            invalid-instruction | kfunc offset > 0 without fd_array is invalid
            invalid-instruction | negative offset disallowed for kernel module function call
            invalid-instruction | invalid module BTF *
            invalid-instruction | BTF fd for kfunc is not a module BTF
            invalid-instruction | ldimm64 insn specifies invalid btf_id #.
            invalid-instruction | pseudo btf_id # in ldimm64 isn't KIND_VAR or KIND_FUNC
            invalid-instruction | invalid kernel function call not eliminated in verifier pass
            invalid-instruction | verifier internal error*
            invalid-instruction | verifier bug*
            invalid-instruction | kernel subsystem misconfigured *
            invalid-instruction | bpf verifier *misconfigured
            invalid-instruction | REG INVARIANTS VIOLATION *
            invalid-instruction | BUG *
            """;

    private CodeMessages() {}
}
