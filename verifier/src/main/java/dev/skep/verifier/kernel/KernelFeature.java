package dev.skep.verifier.kernel;

import dev.skep.object.KernelVersion;

/**
 * What kernels differ in beyond types of programs and maps, helpers and kernel functions: instructions, and what the verifier
 * accepts. The versions are those whose history of kernel/bpf first has the change; the verdicts of Linux 5.10, 6.1, 6.12, 6.18 and
 * 7.3 on the corpus fit them (docs/verifier-kernels.md).
 */
public enum KernelFeature {
    JUMP32("jumps that compare 32 bits", "5.1"),
    LOCKS_IN_MAPS("spin locks in maps", "5.1"),
    LARGE_PROGRAMS("programs of more than 4096 instructions", "5.2"),
    GLOBAL_DATA("global variables", "5.2"),
    BOUNDED_LOOPS("loops with a bound", "5.3"),
    KERNEL_OBJECTS("pointers to kernel structures, followed by their BTF", "5.5"),
    GLOBAL_FUNCTIONS("global functions, checked on their own", "5.6"),
    FUNCTION_REPLACEMENT("programs that replace a global function", "5.6"),
    SLEEPING("programs that may sleep", "5.10"),
    TAIL_CALLS_WITH_FUNCTIONS("tail calls in programs with functions", "5.10"),
    KERNEL_VARIABLES("variables of the kernel", "5.10"),
    ATOMICS("atomic operations that fetch, exchange or combine bits", "5.12"),
    VARIABLE_STACK_OFFSETS("writes to the stack at offsets that vary", "5.12"),
    POINTERS_TO_GLOBAL_FUNCTIONS("pointers to memory as arguments of global functions", "5.12"),
    PRIVILEGED_PORTS("verdicts on binds that allow privileged ports", "5.12"),
    KERNEL_FUNCTIONS("calls of kernel functions", "5.13"),
    CALLBACKS("functions that a helper calls back", "5.13"),
    TIMERS("timers", "5.15"),
    LOOP_HELPER("bpf_loop()", "5.17"),
    DYNPTRS("dynptrs", "5.19"),
    KERNEL_POINTERS_IN_MAPS("kernel pointers in maps", "5.19"),
    GROWING_MAPS_AT_PERF_EVENTS("maps without preallocated elements in programs at perf events", "6.1"),
    NULL_BY_COMPARISON("pointers that are not null as they equal one that is not", "6.2"),
    RCU_SECTIONS("sections that read under RCU", "6.2"),
    LOCAL_OBJECTS("objects of the program's own types, and lists of them", "6.2"),
    TREES("red-black trees", "6.3"),
    UNINITIALIZED_STACK_READS("reads of stack bytes that nothing was written to, by privileged programs", "6.3"),
    OPEN_CODED_ITERATORS("open-coded iterators", "6.4"),
    REFERENCE_COUNTS("objects of the program's own types with a reference count", "6.4"),
    CONSTANTS_STORED_IN_CONTEXT("constants stored in fields of the context", "6.4"),
    NARROW_COPIES("bounds shared with a 32-bit copy", "6.4"),
    CPU_V4("instruction set v4: sign extension, byte swap, signed division, long jump", "6.6"),
    EXCEPTIONS("exceptions", "6.7"),
    PERCPU_OBJECTS("per-cpu objects of the program's own types", "6.7"),
    ARGUMENT_TAGS("tags of the arguments of global functions", "6.8"),
    REGISTER_COMPARISONS("bounds learnt from the comparison of two registers", "6.8"),
    UNEQUAL_NUMBERS("bounds learnt from what a number is not", "6.8"),
    SPILLED_COPIES("bounds shared with what was spilled", "6.8"),
    NARROW_FILLS("bounds of a part of what was spilled", "6.9"),
    CALLS_WITH_LOCK("calls of the program's own functions while a lock is held", "6.9"),
    MAY_GOTO("loops bounded by may_goto", "6.9"),
    ARENAS("arenas and casts between address spaces", "6.9"),
    UNKNOWN_OPERANDS("bounds of products, of or and exclusive or, of two numbers that are not constants", "6.10"),
    WORK_QUEUES("work queues", "6.10"),
    PREEMPTION_SECTIONS("sections that are not preempted", "6.10"),
    LINKED_SCALARS_WITH_OFFSET("bounds learnt for a register that is another one plus a constant", "6.11"),
    FASTCALL("calls that preserve registers", "6.12"),
    HOOK_RESULTS("checks of what security hooks return", "6.12"),
    USER_POINTERS_IN_MAPS("pointers to user memory in maps", "6.13"),
    PRIVATE_STACKS("private stacks of programs that may run nested", "6.13"),
    INTERRUPT_SECTIONS("sections without interrupts", "6.14"),
    KNOWN_INDEXES("array elements at an index that is known, used without a check for null", "6.14"),
    LOAD_ACQUIRE("load-acquire and store-release", "6.15"),
    RESILIENT_LOCKS("resilient spin locks", "6.15"),
    SPECULATION_BARRIERS("barriers where only speculation would go wrong", "6.17"),
    OUTPUT_STREAMS("output streams of programs", "6.17"),
    UNTRUSTED_MEMORY("reads through pointers to what is no struct", "6.17"),
    NEGATION("bounds of negated numbers", "6.17"),
    /** Written for 7.0, and in the stable releases of 6.18 (seen in 6.18.44). */
    LINKED_SCALARS_BY_ANY_OFFSET(
            "bounds learnt for a register that is another one less a constant, or plus one in 32 bits", "6.18"),
    TASK_WORK("work done in a task's own context", "6.18"),
    WRITABLE_REGISTERS("writes to registers at user probes", "6.19"),
    NESTED_RCU_SECTIONS("sections under RCU inside of others", "6.19"),
    INDIRECT_JUMPS("jumps to an address in a register", "6.19");

    private final String description;
    private final KernelVersion since;

    KernelFeature(String description, String since) {
        this.description = description;
        this.since = KernelVersion.of(since);
    }

    /** A few words for people, in the plural. */
    public String description() {
        return description;
    }

    /** The first kernel that has it. */
    public KernelVersion since() {
        return since;
    }
}
