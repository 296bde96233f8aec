/**
 * BPF programs as text: whole listings in the manner of llvm-objdump, and the assembler that reads them back. Single
 * instructions are written by {@link dev.skep.object.instruction.Disassembler}.
 */
package dev.skep.object.assembly;
