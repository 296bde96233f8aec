package dev.skep.verifier.log;

/** The headings, each with the reason behind it, of the diagnoses that Linux 7.3 adds (kernel/bpf/diagnostics.c), for logs in which the message itself is missing. */
final class DiagnosisMessages {
    static final String TABLE = """
            nullable-pointer | Register Type Safety: Invalid dereference: R{register} may be NULL here *
            scalar-as-pointer | Register Type Safety: Invalid dereference: R{register} is an integer scalar here, *
            kernel-object-access | Register Type Safety: Invalid dereference: R{register} has offset # here, *
            scalar-as-pointer | Register Type Safety: Invalid dereference: R{register} has type *
            uninitialized-register | Register Type Safety: Unreadable register: R{register} *
            uninitialized-stack | Register Type Safety: Missing stack argument*
            pointer-arithmetic | Register Type Safety: *ointer*
            pointer-arithmetic | Register Type Safety: Subtraction from stack pointer*
            memory-bounds | Memory Safety: Access outside bounds*
            uninitialized-stack | Memory Safety: *ninitialized*
            stack-access | Memory Safety: *spilled pointer*
            stack-access | Memory Safety: *stack*
            read-only-memory | Memory Safety: *read-only*
            helper-argument | Call Type Safety: Invalid call argument*
            reference | Resource Lifetime Safety: Unreleased resource: Owned resource (id=#) was acquired at instruction {acquired} *
            dynptr | Resource Lifetime Safety: *ynptr*
            iterator | Resource Lifetime Safety: *terator*
            critical-section | Resource Lifetime Safety: *IRQ*
            lock | Resource Lifetime Safety: *lock*
            reference | Resource Lifetime Safety: *
            critical-section | Execution Context Safety: *
            control-flow | Program Structure: *
            policy | Policy: Operation is not allowed*
            """;

    private DiagnosisMessages() {}
}
