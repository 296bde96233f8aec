/** The corpus of small programs by which verifiers are measured: expected verdicts, confirmed by the kernel. */
package dev.skep.testkit.corpus;
