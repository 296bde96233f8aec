package dev.skep.lang.context;

import dev.skep.lang.Context;
import dev.skep.lang.KernelName;
import dev.skep.lang.Length;
import dev.skep.lang.NotInJavaException;
import dev.skep.lang.Struct;
import dev.skep.lang.kernel.KernelStruct;
import org.jspecify.annotations.Nullable;

/**
 * What a program with {@code @Iterator} gets: an object of the kernel, and a file to write to ({@code struct bpf_iter__task} and the like).
 * It is called once more at the end, without an object.
 */
@KernelName("bpf_iter_context")
@SuppressWarnings("NullAway.Init") // arrays lie inside the struct, where they are from the start
public final class IteratorContext extends Context {
    @Length(4)
    long[] pointers;

    /** The object: {@code task} of {@code bpf_iter__task}. {@code null} at the end. @param type a class literal */
    public <T extends KernelStruct> @Nullable T object(Class<T> type) {
        throw new NotInJavaException("object");
    }

    /**
     * One of several objects: 1 is {@code file} of {@code bpf_iter__task_file}, after its task and its number.
     *
     * @param index from 0 on, as pointers follow each other in the kernel's structure, a constant @param type a class literal
     */
    public <T extends KernelStruct> @Nullable T object(int index, Class<T> type) {
        throw new NotInJavaException("object");
    }

    /** How many objects came before. */
    public long number() {
        throw new NotInJavaException("number");
    }

    /**
     * Writes text ({@code bpf_seq_printf}).
     *
     * @param format a literal, as for {@link dev.skep.lang.Log#printf}; lines end where it says so
     * @param arguments numbers, literals and what {@link dev.skep.lang.Text#of} gives, at most 12
     */
    public void printf(String format, Object... arguments) {
        throw new NotInJavaException("printf");
    }

    /** Writes a struct as it lies in memory ({@code bpf_seq_write}). @return 0, or a negative error number if the buffer is full */
    public int write(Struct record) {
        throw new NotInJavaException("write");
    }
}
