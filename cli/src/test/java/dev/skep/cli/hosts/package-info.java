/** What both hosts, the kernel and the engine, have to do alike. */
package dev.skep.cli.hosts;
