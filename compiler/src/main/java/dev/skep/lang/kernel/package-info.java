/**
 * Structures of the kernel, of which a program declares just the fields that it reads. Where they lie is found out where the program is
 * loaded (CO-RE), so that it runs on kernels that it was not compiled for.
 *
 * <pre>{@code
 * @KernelName("task_struct")
 * abstract class Task extends KernelStruct {
 *     int tgid;
 *     Task real_parent;
 * }
 * }</pre>
 */
package dev.skep.lang.kernel;
