/** Writes verdicts as text: for the terminal, as the kernel's log, as a page of HTML. */
@org.jspecify.annotations.NullMarked
package dev.skep.verifier.report;
