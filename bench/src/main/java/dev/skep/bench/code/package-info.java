/** How good the code is that Java classes are compiled to, beside clang's for the same programs in C. */
@org.jspecify.annotations.NullMarked
package dev.skep.bench.code;
