@org.jspecify.annotations.NullMarked
package dev.skep.trace.metric;
