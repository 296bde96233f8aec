/** Finding places in code by name: in the kernel, in programs and libraries, in running processes. */
package dev.skep.linux.symbol;
