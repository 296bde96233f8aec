package dev.skep.verifier.log;

/** Messages about the code as such, its types and its size: kernel/bpf/verifier.c, check_cfg, resolve_pseudo_ldimm64, do_check; check_btf_*. */
final class CodeMessages {
    static final String TABLE = """
            too-complex | BPF program is too large. Processed # insn
            too-complex | The sequence of # jumps is too complex*
            too-complex | program is too large*
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
            control-flow | subprog # *
            control-flow | too many subprograms
            control-flow | verifier bug. No program starts at insn {instruction}
            control-flow | recursive call from *
            control-flow | no jump tables found for subprog starting at *
            control-flow | *jump table* insn {instruction}*
            control-flow | insn # cannot be patched due to 16-bit range
            control-flow | pop stack internal bug
            control-flow | insn state internal bug
            control-flow | visit_insn internal bug
            stack-size | combined stack size of # calls is #. Too large
            stack-size | combined stack size of *
            stack-size | stack size of subprog # is #. Too large
            stack-size | stack size #(extra #) is too large
            stack-size | the call stack of # frames is too deep*
            stack-size | * nested function call is too deep*
            invalid-instruction | unknown opcode {opcode}
            invalid-instruction | unknown insn class #
            invalid-instruction | * uses reserved fields*
            invalid-instruction | invalid BPF_*
            invalid-instruction | invalid bpf_ld_imm64 insn
            invalid-instruction | unrecognized bpf_ld_imm64 insn
            invalid-instruction | invalid shift #
            invalid-instruction | div by zero
            invalid-instruction | BPF_ATOMIC uses invalid atomic opcode *
            invalid-instruction | BPF_STX uses *
            invalid-instruction | invalid may_goto off # imm #
            invalid-instruction | addr_space_cast insn can *
            invalid-instruction | at the time of BPF_LD_ABS|IND R6 != pointer to skb
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
            too-new | calling kernel function is not supported without CONFIG_DEBUG_INFO_BTF
            too-new | ldimm64 failed to find the address for kernel symbol '*'.
            too-new | ldimm64 unable to resolve the size of type '*': #
            too-new | kernel is missing BTF*
            type-information | unable to resolve the size of type '*': #
            type-information | Invalid *line_info*
            type-information | Invalid insn code at line_info*
            type-information | Invalid core_relo*
            type-information | Invalid type of function *
            type-information | Invalid *
            type-information | missing *
            type-information | nonzero tailing record in *
            type-information | nonzero insn_off # for the first func info record
            type-information | number of funcs in func_info doesn't match number of subprogs
            type-information | same or smaller insn offset * than previous func info record *
            type-information | func_info BTF section doesn't match subprog layout in BPF program
            type-information | invalid func info rec size #
            type-information | invalid type id # in func info*
            type-information | invalid btf id for main subprog in func_info
            type-information | BTF of func#* doesn't point to KIND_FUNC
            type-information | in-kernel BTF is malformed
            type-information | btf_vmlinux is malformed
            type-information | kern ctx type id # is not a struct
            type-information | Program extension requires BTF
            type-information | Type '*' is not a struct
            type-information | [#] *
            type-information | * BTF *
            type-information | *core_relo*
            type-information | magic: *
            type-information | hdr_len: *
            invalid-instruction | verifier internal error*
            invalid-instruction | verifier bug*
            invalid-instruction | kernel subsystem misconfigured *
            invalid-instruction | bpf verifier *misconfigured
            invalid-instruction | REG INVARIANTS VIOLATION *
            invalid-instruction | BUG *
            """;

    private CodeMessages() {}
}
