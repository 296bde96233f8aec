/** Objects made from the C programs under {@code src/test/c}, and what libbpf makes of them. */
@org.jspecify.annotations.NullMarked
package dev.skep.object.corpus;
