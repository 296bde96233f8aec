/** CO-RE: fitting a program compiled against one set of types to the types of the machine it is to run on. */
package dev.skep.object.core;
