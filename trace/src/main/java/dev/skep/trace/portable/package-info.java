/** Compiled scripts as files that run on other machines: an ELF object that any loader takes, with a section of what the tracer needs. */
package dev.skep.trace.portable;
