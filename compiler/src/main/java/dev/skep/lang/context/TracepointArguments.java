package dev.skep.lang.context;

import dev.skep.lang.Context;
import dev.skep.lang.KernelName;
import dev.skep.lang.Length;
import dev.skep.lang.NotInJavaException;
import dev.skep.lang.kernel.KernelStruct;

/** The arguments of a tracepoint, a function or a hook of the kernel: eight bytes each ({@code struct bpf_raw_tracepoint_args}). */
@KernelName("bpf_raw_tracepoint_args")
@SuppressWarnings("NullAway.Init") // arrays lie inside the struct, where they are from the start
public final class TracepointArguments extends Context {
    @Length(12)
    long[] args;

    /** An argument that is a structure of the kernel. @param index from 0 on, a constant @param type a class literal */
    public <T extends KernelStruct> T kernel(int index, Class<T> type) {
        throw new NotInJavaException("kernel");
    }

    /** An argument as a number. @param index from 0 on, a constant */
    public long argument(int index) {
        throw new NotInJavaException("argument");
    }
}
