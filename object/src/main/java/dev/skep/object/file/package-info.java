/** BPF programs in ELF files: what libbpf and clang agree on about sections, symbols and BTF, read and written. */
package dev.skep.object.file;
