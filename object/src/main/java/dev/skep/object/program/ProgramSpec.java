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
        int function) {
    /**
     * What a section's name says about a program in it; of a name that libbpf does not know only whether it starts with {@code ?}.
     *
     * @param function index of the entry function in {@code BpfObject.functions()}
     */
    public static ProgramSpec inSection(String name, String section, int function) {
        return SectionTable.lookup(section)
                .map(meaning -> new ProgramSpec(
                        name,
                        section,
                        meaning.definition().programType(),
                        meaning.definition().expectedAttachType(),
                        meaning.target(),
                        meaning.autoload(),
                        meaning.definition().programFlags(),
                        function))
                .orElseGet(() -> new ProgramSpec(
                        name,
                        section,
                        ProgramType.UNSPEC,
                        Optional.empty(),
                        Optional.empty(),
                        !section.startsWith("?"),
                        0,
                        function));
    }
}
