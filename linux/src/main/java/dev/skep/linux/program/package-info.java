/** Programs in the kernel. */
package dev.skep.linux.program;
