/** Runs what the documents show. */
package dev.skep.cli.document;
