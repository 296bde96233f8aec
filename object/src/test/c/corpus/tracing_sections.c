// Sections whose target is a kernel function with BTF.
#include "program.h"

#define PROGRAM(section, name) SEC(section) int name(__u64 *context) { return 0; }

PROGRAM("fentry/do_unlinkat", on_fentry_plain)
PROGRAM("fexit/do_unlinkat", on_fexit_plain)
PROGRAM("fmod_ret/security_file_permission", on_fmod_ret_plain)
PROGRAM("fentry.s/do_unlinkat", on_fentry_sleepable)
PROGRAM("lsm/file_open", on_lsm_plain)
PROGRAM("lsm.s/file_open", on_lsm_sleepable)
PROGRAM("tp_btf/sched_switch", on_tp_btf_plain)
PROGRAM("iter/task", on_iter_task)
PROGRAM("iter.s/task", on_iter_task_sleepable)
