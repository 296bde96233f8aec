@org.jspecify.annotations.NullMarked
package dev.skep.object.core;
