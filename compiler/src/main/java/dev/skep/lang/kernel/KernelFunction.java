package dev.skep.lang.kernel;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A function of the kernel that programs may call (a kfunc), declared as a static native method of its name: {@code @KernelFunction static
 * native Task bpf_task_from_pid(int pid)}. Parameters and result are numbers of the kernel's size, structures of the kernel, structs,
 * and contexts. What it may be given, and whether what it returns has to be released, the verifier knows from the kernel. Since Linux
 * 5.13. A program is loaded only where its functions are, but for those that it asks for with {@link Kernel#hasFunction}.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface KernelFunction {}
