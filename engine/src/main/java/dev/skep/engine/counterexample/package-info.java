/** Inputs with which rejected programs go wrong: found by running them, and proved by it. */
package dev.skep.engine.counterexample;
