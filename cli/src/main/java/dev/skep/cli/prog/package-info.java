/** {@code skep prog}: the programs that are in the kernel. */
package dev.skep.cli.prog;
