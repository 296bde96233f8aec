/** Tests of eBPF programs written in Java, with JUnit 5: {@link dev.skep.junit.BpfTest}. */
package dev.skep.junit;
