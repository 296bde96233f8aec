/** The interpreter: the reference semantics of BPF programs. */
package dev.skep.engine.interpreter;
