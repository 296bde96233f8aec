/**
 * eBPF programs written in Java (see {@code dev.skep.lang}), compiled from their class files and run in three places. {@link
 * dev.skep.Skep} is the way in.
 */
package dev.skep;
