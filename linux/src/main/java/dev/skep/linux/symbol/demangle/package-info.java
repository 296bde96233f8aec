@org.jspecify.annotations.NullMarked
package dev.skep.linux.symbol.demangle;
