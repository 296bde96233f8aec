package dev.skep.object.core;

import dev.skep.object.btf.Btf;

/**
 * Types that a program is fitted to: those of a kernel, of one of its modules, or of an embedded host.
 *
 * @param name what messages call it: {@code vmlinux}, a module's name, a file
 * @param btf the types; of a module its split BTF, whose ids continue the kernel's
 */
public record CoreTarget(String name, Btf btf) {}
