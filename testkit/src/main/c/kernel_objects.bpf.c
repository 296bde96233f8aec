// Kernel objects and kernel functions: acquired, kept in maps, released; objects that programs allocate.
#include "verdict.h"

struct task_struct {
    int pid;
} __attribute__((preserve_access_index));

struct task_struct *bpf_task_acquire(struct task_struct *p) __ksym;
struct task_struct *bpf_task_from_pid(int pid) __ksym;
void bpf_task_release(struct task_struct *p) __ksym;
void *bpf_obj_new_impl(u64 local_type_id__k, void *meta__ign) __ksym;
void bpf_obj_drop_impl(void *p__alloc, void *meta__ign) __ksym;

#define KPTR __attribute__((btf_type_tag("kptr")))
#define new(type) ((type *)bpf_obj_new_impl(__builtin_btf_type_id(*(type *)0, BPF_TYPE_ID_LOCAL), 0))
#define drop(object) bpf_obj_drop_impl(object, 0)
#define BPF_TYPE_ID_LOCAL 0

struct holder {
    struct task_struct KPTR *task;
    u64 number;
};

struct {
    __uint(type, BPF_MAP_TYPE_ARRAY);
    __uint(max_entries, 1);
    __type(key, u32);
    __type(value, struct holder);
} holders SEC(".maps");

struct thing {
    u64 number;
    u64 more;
};

static __always_inline struct holder *held(void)
{
    u32 key = 0;
    return bpf_map_lookup_elem(&holders, &key);
}

SEC("syscall") ACCEPTED int found_and_released(void *ctx)
{
    struct task_struct *task = bpf_task_from_pid(1);
    if (task)
        bpf_task_release(task);
    return 0;
}

SEC("syscall") REJECTED("reference") int found_and_kept(void *ctx)
{
    struct task_struct *task = bpf_task_from_pid(1);
    return task != 0;
}

SEC("syscall") REJECTED("nullable-pointer") int released_unchecked(void *ctx)
{
    struct task_struct *task = bpf_task_from_pid(1);
    bpf_task_release(task);
    return 0;
}

SEC("syscall") REJECTED("kernel-function-argument") int released_twice(void *ctx)
{
    struct task_struct *task = bpf_task_from_pid(1);
    if (!task)
        return 0;
    bpf_task_release(task);
    bpf_task_release(task);
    return 0;
}

SEC("syscall") ACCEPTED int fields_are_read(void *ctx)
{
    struct task_struct *task = bpf_task_from_pid(1);
    if (!task)
        return 0;
    int pid = task->pid;
    bpf_task_release(task);
    return pid;
}

SEC("syscall") REJECTED("kernel-object-access") int fields_are_written(void *ctx)
{
    struct task_struct *task = bpf_task_from_pid(1);
    if (!task)
        return 0;
    task->pid = 1;
    bpf_task_release(task);
    return 0;
}

SEC("syscall") REJECTED("reference") int what_was_not_acquired_is_released(void *ctx)
{
    bpf_task_release(bpf_get_current_task_btf());
    return 0;
}

SEC("syscall") ACCEPTED int the_current_one_is_acquired(void *ctx)
{
    struct task_struct *task = bpf_task_acquire(bpf_get_current_task_btf());
    if (task)
        bpf_task_release(task);
    return 0;
}

SEC("syscall") REJECTED("kernel-function-argument") int a_number_is_acquired(void *ctx)
{
    struct task_struct *task = bpf_task_acquire((struct task_struct *)8);
    if (task)
        bpf_task_release(task);
    return 0;
}

SEC("sk_lookup") REJECTED("policy") int a_function_that_look_ups_of_sockets_cannot_use(void *ctx)
{
    struct task_struct *task = bpf_task_from_pid(1);
    if (task)
        bpf_task_release(task);
    return 1;
}

SEC("syscall") ACCEPTED int kept_in_a_map(void *ctx)
{
    struct holder *holder = held();
    if (!holder)
        return 0;
    struct task_struct *task = bpf_task_from_pid(1);
    if (!task)
        return 0;
    task = bpf_kptr_xchg(&holder->task, task);
    if (task)
        bpf_task_release(task);
    return 0;
}

SEC("syscall") REJECTED("reference") int what_was_in_the_map_is_lost(void *ctx)
{
    struct holder *holder = held();
    if (!holder)
        return 0;
    struct task_struct *task = bpf_task_from_pid(1);
    if (!task)
        return 0;
    task = bpf_kptr_xchg(&holder->task, task);
    return task != 0;
}

SEC("syscall") REJECTED("special-field") int stored_into_the_map_directly(void *ctx)
{
    struct holder *holder = held();
    if (!holder)
        return 0;
    *(struct task_struct *volatile *)&holder->task = bpf_get_current_task_btf();
    return 0;
}

SEC("syscall") ACCEPTED int cleared_in_the_map(void *ctx)
{
    struct holder *holder = held();
    if (!holder)
        return 0;
    struct task_struct *task = bpf_kptr_xchg(&holder->task, 0);
    if (task)
        bpf_task_release(task);
    return 0;
}

SEC("syscall") REJECTED("special-field") int half_of_the_pointer_in_the_map(void *ctx)
{
    struct holder *holder = held();
    if (!holder)
        return 0;
    return *(volatile u32 *)&holder->task;
}

SEC("syscall") REJECTED("special-field") int exchanged_where_no_pointer_is(void *ctx)
{
    struct holder *holder = held();
    if (!holder)
        return 0;
    struct task_struct *task = bpf_kptr_xchg(&holder->number, 0);
    if (task)
        bpf_task_release(task);
    return 0;
}

SEC("tc") ACCEPTED int allocated_and_dropped(void *ctx)
{
    struct thing *thing = new(struct thing);
    if (!thing)
        return 0;
    thing->more = 7;
    drop(thing);
    return 0;
}

SEC("tc") REJECTED("reference") int allocated_and_kept(void *ctx)
{
    struct thing *thing = new(struct thing);
    if (thing)
        thing->more = 7;
    return 0;
}

SEC("tc") REJECTED("nullable-pointer") int allocated_and_not_checked(void *ctx)
{
    struct thing *thing = new(struct thing);
    thing->more = 7;
    drop(thing);
    return 0;
}

SEC("tc") REJECTED("kernel-object-access") int allocated_and_written_behind_its_end(void *ctx)
{
    struct thing *thing = new(struct thing);
    if (!thing)
        return 0;
    *(volatile u64 *)(&thing->more + 1) = 7;
    drop(thing);
    return 0;
}

SEC("tc") REJECTED("scalar-as-pointer") int written_after_it_was_dropped(void *ctx)
{
    struct thing *thing = new(struct thing);
    if (!thing)
        return 0;
    drop(thing);
    thing->more = 7;
    return 0;
}
