/** What a BPF program is: instructions, ELF, BTF, CO-RE, program, map and attach types, and the host interface. */
@org.jspecify.annotations.NullMarked
module dev.skep.object {
    requires static org.jspecify;

}
