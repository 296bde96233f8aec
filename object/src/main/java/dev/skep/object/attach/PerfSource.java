package dev.skep.object.attach;

/** What a performance event counts: the types of linux/perf_event.h that need no probe. */
public sealed interface PerfSource {
    /** In words: {@code CPU_CLOCK}. */
    String describe();

    /** Something the kernel counts. */
    record Software(SoftwareEvent event) implements PerfSource {
        @Override
        public String describe() {
            return event.name();
        }
    }

    /** Something the processor counts; virtual machines often have none. */
    record Hardware(HardwareEvent event) implements PerfSource {
        @Override
        public String describe() {
            return event.name();
        }
    }

    /**
     * Accesses to an address.
     *
     * @param address in the observed process, or in the kernel
     * @param length bytes watched: 1, 2, 4 or 8; for {@link Access#EXECUTE} 8
     */
    record Breakpoint(long address, int length, Access access) implements PerfSource {
        /** {@code HW_BREAKPOINT_*} of linux/hw_breakpoint.h. */
        public enum Access {
            READ(1),
            WRITE(2),
            READ_WRITE(3),
            EXECUTE(4);

            private final int number;

            Access(int number) {
                this.number = number;
            }

            /** The number in the header. */
            public int number() {
                return number;
            }
        }

        @Override
        public String describe() {
            return "breakpoint " + access + " 0x" + Long.toHexString(address);
        }
    }

    /** An event of the processor's by its own number ({@code PERF_TYPE_RAW}). */
    record Raw(long config) implements PerfSource {
        @Override
        public String describe() {
            return "raw event 0x" + Long.toHexString(config);
        }
    }

    /**
     * An event of any performance monitoring unit.
     *
     * @param type the number in {@code /sys/bus/event_source/devices/UNIT/type} @param config what that unit makes of
     *     it
     */
    record Unit(int type, long config) implements PerfSource {
        @Override
        public String describe() {
            return "event 0x" + Long.toHexString(config) + " of unit " + type;
        }
    }

    /** {@code enum perf_sw_ids}: the ordinal is the number. */
    enum SoftwareEvent {
        CPU_CLOCK,
        TASK_CLOCK,
        PAGE_FAULTS,
        CONTEXT_SWITCHES,
        CPU_MIGRATIONS,
        PAGE_FAULTS_MIN,
        PAGE_FAULTS_MAJ,
        ALIGNMENT_FAULTS,
        EMULATION_FAULTS,
        DUMMY,
        BPF_OUTPUT,
        CGROUP_SWITCHES
    }

    /** {@code enum perf_hw_id}: the ordinal is the number. */
    enum HardwareEvent {
        CPU_CYCLES,
        INSTRUCTIONS,
        CACHE_REFERENCES,
        CACHE_MISSES,
        BRANCH_INSTRUCTIONS,
        BRANCH_MISSES,
        BUS_CYCLES,
        STALLED_CYCLES_FRONTEND,
        STALLED_CYCLES_BACKEND,
        REF_CPU_CYCLES
    }
}
