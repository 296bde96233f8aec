/** What programs are called with, as linux/bpf.h declares it, and the numbers that they return. */
package dev.skep.lang.context;
