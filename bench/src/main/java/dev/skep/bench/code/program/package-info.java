/** The programs of {@code bench/src/main/c/vm} once more, in Java: the same work, the same results. */
@org.jspecify.annotations.NullUnmarked
package dev.skep.bench.code.program;
