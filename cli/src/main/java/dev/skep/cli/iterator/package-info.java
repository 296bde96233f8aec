/** {@code skep iter}: programs that the kernel calls for each thing of a kind when somebody reads. */
package dev.skep.cli.iterator;
