/** The embedded host. */
package dev.skep.engine;
