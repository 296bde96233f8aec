/**
 * What eBPF programs in Java are written with: structs, contexts, maps and helper functions.
 *
 * <p>A program is a static method with one of the annotations of {@link dev.skep.lang.program}. {@code javac} compiles its class
 * as any other; Skep reads the class file and compiles those methods, and what they call, to BPF.
 */
package dev.skep.lang;
