/* What the harness does with the maps of native.h. */
#pragma once

#include "native.h"

/* All maps of the program. */
extern struct native_map *native_maps;

/* Shows every record of a ring buffer that was submitted, if `see` is given, and takes them out. */
void native_drain(struct native_map *ring, void (*see)(const __u8 *record, __u32 size));
