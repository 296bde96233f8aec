package dev.skep.linux.doctor;

import dev.skep.object.map.MapType;
import dev.skep.object.program.AttachType;
import dev.skep.object.program.ProgramType;
import java.util.Optional;

/** Something the kernel was asked to do. */
public sealed interface Operation {
    /** {@code BPF_PROG_LOAD}. @param attachType the expected one, if any */
    record LoadProgram(ProgramType type, Optional<AttachType> attachType) implements Operation {}

    /** {@code BPF_MAP_CREATE}. */
    record CreateMap(MapType type) implements Operation {}

    /** {@code BPF_BTF_LOAD}. */
    record LoadTypes() implements Operation {}

    /** A link, or an older way to attach. */
    record Attach(ProgramType type, Optional<AttachType> attachType) implements Operation {}

    /** {@code perf_event_open(2)}. */
    record OpenPerfEvent() implements Operation {}

    /** {@code BPF_OBJ_PIN}, {@code BPF_OBJ_GET}. */
    record Pin() implements Operation {}

    /** Looking at what other processes have loaded: {@code BPF_*_GET_FD_BY_ID} and the like. */
    record Administer() implements Operation {}

    /** {@code mount(2)}. */
    record Mount() implements Operation {}
}
