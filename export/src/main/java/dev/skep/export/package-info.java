/** Brings metrics to Prometheus, which comes for them, and to collectors of OpenTelemetry, which they are sent to. */
@org.jspecify.annotations.NullMarked
package dev.skep.export;
