// Fields, types and enumerators that the target lacks: the instructions are poisoned.
#include "program.h"
#include "core.h"

#ifdef TARGET
struct task { int process; int state; };
enum state { RUNNING, SLEEPING };
KEEP(task, struct task *p, enum state s)
#else
struct task { int pid; int state; } CORE;
struct nowhere { int a; } CORE;
enum state { RUNNING, STOPPED };

SEC("raw_tp/x") int renamed(struct task *p) { return p->state + p->pid; }

SEC("raw_tp/x") int no_type(struct nowhere *p) { return p->a; }

SEC("raw_tp/x") __u64 no_size(struct task *p) { return field_info(p->pid, BYTE_SIZE); }

SEC("raw_tp/x") __u64 no_enumerator(void *p) { return enumerator_info(enum state, STOPPED, ENUMERATOR_VALUE); }
#endif
