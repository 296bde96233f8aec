/** BPF Type Format: types, reading and writing, deduplication, C output, layout (linux/btf.h). */
package dev.skep.object.btf;
