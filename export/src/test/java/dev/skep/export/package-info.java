@org.jspecify.annotations.NullMarked
package dev.skep.export;
