/** {@code skep btf}: BTF types, of files and of what is in the kernel. */
package dev.skep.cli.btf;
