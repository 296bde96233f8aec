/**
 * The front end for Java: reads class files and makes the intermediate representation of the programs in them, with Java's
 * semantics. {@link dev.skep.compiler.java.JavaFrontEnd} is the way in; {@code dev.skep.lang} is what programs are written with.
 */
package dev.skep.compiler.java;
