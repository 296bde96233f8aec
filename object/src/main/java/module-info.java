/** What a BPF program is: instructions, ELF objects, BTF, CO-RE, and the interface hosts implement. Uses the JDK alone. */
@org.jspecify.annotations.NullMarked
module dev.skep.object {
    requires static org.jspecify;

    exports dev.skep.object;
    exports dev.skep.object.assembly;
    exports dev.skep.object.attach;
    exports dev.skep.object.btf;
    exports dev.skep.object.btf.dedup;
    exports dev.skep.object.btf.dump;
    exports dev.skep.object.core;
    exports dev.skep.object.btf.value;
    exports dev.skep.object.elf;
    exports dev.skep.object.file;
    exports dev.skep.object.host;
    exports dev.skep.object.image;
    exports dev.skep.object.instruction;
    exports dev.skep.object.link;
    exports dev.skep.object.map;
    exports dev.skep.object.program;
}
