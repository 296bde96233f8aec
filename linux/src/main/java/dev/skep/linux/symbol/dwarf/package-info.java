/** Debugging information of programs (DWARF 2 to 5): what functions get and what types consist of. */
package dev.skep.linux.symbol.dwarf;
