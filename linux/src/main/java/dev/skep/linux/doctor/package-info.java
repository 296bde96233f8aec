/** Why the kernel refuses: what keeps BPF from working on a machine, with evidence and what to do about it. */
package dev.skep.linux.doctor;
