/** bpf(2): its commands, the layout of their arguments, and making the call. Structures of linux/bpf.h are laid out here alone. */
package dev.skep.linux.bpf;
