/**
 * The sandbox's memory without the checks of {@link dev.skep.engine.memory.Sandbox}, for generated code and what it calls. Not
 * exported: who holds it has to know that the sandbox is open.
 */
@org.jspecify.annotations.NullMarked
package dev.skep.engine.direct;
