/** The network that stands around an engine: its interfaces, routes and neighbours. */
package dev.skep.engine.network;
