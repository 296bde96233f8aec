/**
 * The JIT: BPF to JVM bytecode, which HotSpot makes machine code of.
 *
 * <p>A program goes through these forms: its instructions are lowered to {@link dev.skep.engine.jit.Operation}s in basic {@link
 * dev.skep.engine.jit.Block}s; each function is cut into {@link dev.skep.engine.jit.Region}s that fit a method; {@link
 * dev.skep.engine.jit.ValueGraph} says which operation sees which value, {@link dev.skep.engine.jit.Facts} what is known of
 * values and {@link dev.skep.engine.jit.Demand} how much of them anyone looks at; {@link dev.skep.engine.jit.Webs} gives them local
 * variables; {@link dev.skep.engine.jit.RegionEmitter} writes the bytecode.
 */
@org.jspecify.annotations.NullMarked
package dev.skep.engine.jit;
