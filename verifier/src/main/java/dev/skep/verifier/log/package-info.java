/** Reads what the kernel's verifier writes, of any version since 5.4: the path, the states on it, and the reason. */
@org.jspecify.annotations.NullMarked
package dev.skep.verifier.log;
