/** {@code skep gen}: a Java class for an object, with its programs, maps and global variables by name and type. */
package dev.skep.cli.gen;
