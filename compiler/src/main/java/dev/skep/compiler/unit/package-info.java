/** What is compiled together into one object: functions, maps, globals and the license. */
package dev.skep.compiler.unit;
