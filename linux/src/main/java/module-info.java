/** The kernel host: loads, attaches and observes BPF in the Linux kernel, through system calls alone. */
@org.jspecify.annotations.NullMarked
module dev.skep.linux {
    requires static org.jspecify;
    requires transitive dev.skep.object;

    exports dev.skep.linux;
    exports dev.skep.linux.bpf;
    exports dev.skep.linux.event;
    exports dev.skep.linux.doctor;
    exports dev.skep.linux.feature;
    exports dev.skep.linux.info;
    exports dev.skep.linux.link;
    exports dev.skep.linux.load;
    exports dev.skep.linux.machine;
    exports dev.skep.linux.map;
    exports dev.skep.linux.perf;
    exports dev.skep.linux.netlink;
    exports dev.skep.linux.program;
    exports dev.skep.linux.symbol;
    exports dev.skep.linux.symbol.demangle;
    exports dev.skep.linux.symbol.dwarf;
    exports dev.skep.linux.system;
    exports dev.skep.linux.tracefs;
    exports dev.skep.linux.usdt;
}
