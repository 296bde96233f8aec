/** Runs tracing scripts over recordings in the embedded engine, without privileges: for tests of scripts. */
@org.jspecify.annotations.NullMarked
package dev.skep.replay;
