/**
 * Made-up network traffic to try programs on: deterministic, so that the captures that ship with the project can be made
 * again byte for byte.
 */
package dev.skep.engine.traffic;
