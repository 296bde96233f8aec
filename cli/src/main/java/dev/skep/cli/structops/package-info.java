/** {@code skep struct_ops}: structures of kernel functions that programs implement. */
package dev.skep.cli.structops;
