/** The BPF instruction set of RFC 9669 and what the kernel added since: encoding, disassembler, assembler. */
package dev.skep.object.instruction;
