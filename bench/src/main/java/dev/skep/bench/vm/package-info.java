/**
 * The same programs as native code, in the kernel, and in the engine; {@code bench/vm} builds and runs them.
 *
 * <p>Every measured machine is a process of its own, so that no program profits or suffers from what HotSpot learnt of another.
 */
package dev.skep.bench.vm;
