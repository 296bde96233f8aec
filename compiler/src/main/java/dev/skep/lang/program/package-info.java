/** Annotations for static methods that are BPF programs: one for each kind of program. */
package dev.skep.lang.program;
