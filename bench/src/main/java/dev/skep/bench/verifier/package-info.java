/** The verifier beside the running kernel's: {@code bench/verifier}. */
package dev.skep.bench.verifier;
