/** {@code skep conformance}: the plugin that public conformance suites call. */
package dev.skep.cli.conformance;
