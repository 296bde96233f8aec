/** Tests of replaying. */
package dev.skep.replay;
