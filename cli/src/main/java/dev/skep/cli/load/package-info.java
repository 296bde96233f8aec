/** {@code skep load}: loads objects into the running kernel, and attaches and pins what is in them. */
package dev.skep.cli.load;
