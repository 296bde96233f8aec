/** The code generator: from the intermediate representation to BPF instructions. */
package dev.skep.compiler.code;
