/**
 * Programs on the JVM: their classes are loaded once more, with structs that lie in an engine's memory and methods of {@code
 * dev.skep.lang} that do there what they do in BPF. Everything else is Java as {@code javac} compiled it, line by line, so that a
 * debugger steps through the source.
 *
 * <p>{@link dev.skep.jvm.JvmPrograms} is the way in. What else is public is called by the loaded classes.
 */
package dev.skep.jvm;
