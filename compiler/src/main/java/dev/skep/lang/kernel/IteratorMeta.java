package dev.skep.lang.kernel;

import dev.skep.lang.KernelName;

/** What the kernel says of a run of an iterator ({@code struct bpf_iter_meta}). */
@KernelName("bpf_iter_meta")
@SuppressWarnings("NullAway.Init") // it is the kernel's
public abstract class IteratorMeta extends KernelStruct {
    /** A file that is written to. */
    @KernelName("seq_file")
    public abstract static class Output extends KernelStruct {
        /** For the compiler: programs get it from the kernel. */
        protected Output() {}
    }

    Output seq;
    long session_id;
    long seq_num;

    /** For the compiler: programs get it from the kernel. */
    protected IteratorMeta() {}
}
