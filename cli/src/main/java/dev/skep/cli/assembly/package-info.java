/** {@code skep disasm} and {@code skep asm}: BPF code as text, and text as BPF code. */
package dev.skep.cli.assembly;
