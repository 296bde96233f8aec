/** The BPF helper functions of linux/bpf.h that make sense without a kernel. */
package dev.skep.engine.helper;
