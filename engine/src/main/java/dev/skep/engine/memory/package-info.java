/** The sandbox: the 4 GiB address space programs live in, and its checked mode. */
package dev.skep.engine.memory;
