/**
 * JMH benchmarks; {@code bench/run} builds and runs them.
 *
 * <p>Not a module: JMH starts its measured processes on a class path.
 */
package dev.skep.bench;
