/** The ELF container as BPF objects use it: sections, symbols and relocations as plain data, without their meaning. */
package dev.skep.object.elf;
