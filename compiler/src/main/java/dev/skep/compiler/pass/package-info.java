/** The optimizer: one pass in each class, from intermediate representation to better intermediate representation. */
package dev.skep.compiler.pass;
