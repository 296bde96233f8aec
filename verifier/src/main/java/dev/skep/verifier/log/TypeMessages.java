package dev.skep.verifier.log;

/** Messages about types, lines and relocations: kernel/bpf/btf.c, kernel/bpf/check_btf.c; two of libbpf, which replaces what the kernel says of an instruction that it has made invalid itself. */
final class TypeMessages {
    static final String TABLE = """
            type-information | failed to resolve CO-RE relocation *
            type-information | <invalid CO-RE relocation>
            type-information | BPF map '*' is referenced but wasn't created
            too-new | kfunc '*' is referenced but wasn't resolved
            type-information | BTF of func* doesn't point to KIND_FUNC
            type-information | cannot find function * in BTF
            type-information | function name * is too long
            type-information | The total number of btfs per program has reached the limit of #
            type-information | type '*' has multiple type tags
            type-information | function signature member has multiple type tags
            type-information | relo *: bad type id #
            type-information | Please fix kernel include/linux/bpf_types.h
            type-information | prog '*': relo *: no matching targets found
            type-information | prog '*': relo *: substituting insn * w/ invalid insn
            type-information | target candidate search failed for #
            type-information | Buggy compiler*
            too-new | calling kernel function is not supported without CONFIG_DEBUG_INFO_BTF
            too-new | ldimm64 failed to find the address for kernel symbol '*'.
            too-new | ldimm64 unable to resolve the size of type '*': #
            too-new | kernel is missing BTF*
            type-information | unable to resolve the size of type '*': #
            type-information | Invalid *line_info*
            type-information | Invalid insn code at line_info*
            type-information | Invalid core_relo*
            type-information | Invalid type of function *
            type-information | Invalid BTF of func *
            type-information | Invalid read of # bytes from insn_array
            type-information | Invalid map_*
            type-information | Invalid btf_*
            type-information | Invalid attr.
            type-information | Invalid numa_node.
            type-information | Invalid excl_prog_hash_size.
            type-information | missing bpf_line_info for *
            type-information | missing btf func_info
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
            type-information | invalid return type * of func * in slot #
            type-information | [#] STRUCT *
            type-information | [#] UNION *
            type-information | [#] FUNC *
            type-information | [#] DATASEC *
            type-information | [#] *
            type-information | map '*' has repeating * BTF tags
            """;

    private TypeMessages() {}
}
