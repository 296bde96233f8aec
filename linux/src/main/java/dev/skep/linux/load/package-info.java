/** Bringing objects to life in the kernel: open, change what the file says, load. */
package dev.skep.linux.load;
