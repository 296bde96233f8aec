package dev.skep.object.program;

import java.util.Optional;

/**
 * What a file says about a program: plain data, the same on every machine.
 *
 * @param name the entry function's name
 * @param section the ELF section as written, for example {@code tp/sched/sched_switch}
 * @param type from the section's name; UNSPEC if the name says nothing
 * @param expectedAttachType from the section's name
 * @param attachTarget what follows the prefix: {@code sched/sched_switch}, a kernel function, {@code /path:symbol}
 * @param autoload false if the section name starts with {@code ?}
 * @param flags {@code BPF_F_SLEEPABLE}, {@code BPF_F_XDP_HAS_FRAGS} ... for {@code prog_flags}
 * @param function index of the entry function in {@code BpfObject.functions()}
 */
public record ProgramSpec(
        String name,
        String section,
        ProgramType type,
        Optional<AttachType> expectedAttachType,
        Optional<String> attachTarget,
        boolean autoload,
        int flags,
        int function) {}
