package dev.skep.verifier.kernel;

/** What else is to be known of a helper: flags of {@code struct bpf_func_proto} and what kernel/bpf/verifier.c tells by its number. */
public enum HelperTrait {
    /** Only for programs under a GPL-compatible licence: {@code gpl_only}. */
    GPL_ONLY,
    /** Takes pointers into the packet as memory: {@code pkt_access}. */
    PACKET_ACCESS,
    /** Only where sleeping is allowed: {@code might_sleep}. */
    MIGHT_SLEEP,
    /** Preserves the registers it does not return in, so that a call may be spilled around: {@code allow_fastcall}. */
    FASTCALL,
    /** Makes every pointer into the packet invalid: {@code bpf_helper_changes_pkt_data}, net/core/filter.c. */
    CHANGES_PACKET_DATA,
    /** What it returns must be released: {@code is_acquire_function}. */
    ACQUIRES,
    /** Acquires if the map holds sockets ({@code SOCKMAP}, {@code SOCKHASH}). */
    ACQUIRES_FROM_SOCKET_MAP,
    /** Gives up a reference: an argument has {@link TypeModifier#RELEASE}, or the helper is {@code bpf_sk_release}. */
    RELEASES,
    /** Returns its first argument as another type, under the same reference: {@code is_ptr_cast_function}. */
    CASTS_POINTER,
    /** What it returns lives as long as the dynptr it is given: {@code is_dynptr_ref_function}. */
    BORROWS_FROM_DYNPTR,
    /** Runs a function of the program before it returns: {@code is_sync_callback_calling_function}. */
    CALLS_BACK,
    /** Has a function of the program run later: {@code is_async_callback_calling_function}. */
    CALLS_BACK_LATER,
    /** Allocates unless told not to sleep: {@code is_storage_get_function}. */
    STORAGE_GET,
    /** Only for programs whose loader has CAP_BPF. */
    NEEDS_CAP_BPF,
    /** Only for programs whose loader has CAP_PERFMON. */
    NEEDS_CAP_PERFMON
}
