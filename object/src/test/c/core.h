// The questions a program may ask about the target's types; compilers turn each into a CO-RE relocation. The numbers are
// those of clang's builtins (libbpf's bpf_core_read.h calls them the same).
#pragma once

#ifdef TARGET
// Compiled with -DTARGET a file gives the types of the machine: a function that takes them keeps them in the BTF.
#define KEEP(name, ...) int keep_##name(__VA_ARGS__) { return 0; }
#else
#define CORE __attribute__((preserve_access_index))
#endif

enum field_info { BYTE_OFFSET, BYTE_SIZE, FIELD_EXISTS, FIELD_SIGNED, LSHIFT_U64, RSHIFT_U64 };
enum type_id_info { LOCAL_ID, TARGET_ID };
enum type_info { TYPE_EXISTS, TYPE_SIZE, TYPE_MATCHES };
enum enumerator_info { ENUMERATOR_EXISTS, ENUMERATOR_VALUE };

#define field_info(field, what) __builtin_preserve_field_info(field, what)
#define type_id(type, what) __builtin_btf_type_id(*(type *)0, what)
#define type_info(type, what) __builtin_preserve_type_info(*(type *)0, what)
#define enumerator_info(type, name, what) __builtin_preserve_enum_value(*(typeof(type) *)name, what)

