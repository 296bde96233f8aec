/** Makes BPF programs of checked scripts, through the representation of {@code dev.skep.compiler}. */
package dev.skep.trace.code;
