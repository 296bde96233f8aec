/** What a register or a spilled stack slot holds, as far as the verifier knows. */
@org.jspecify.annotations.NullMarked
package dev.skep.verifier.value;
