/** User-space statically defined tracepoints: where a binary says they are, and where their arguments are found. */
package dev.skep.linux.usdt;
