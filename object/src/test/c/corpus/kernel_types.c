// target: kernel
// committed: no
// clang: 15
// Types of the running kernel, as tracing programs use them.
#include "program.h"
#include "core.h"

struct task_struct;
struct list_head { struct list_head *next, *prev; } CORE;
struct mm_struct { unsigned long total_vm; unsigned long no_such_member; } CORE;
struct qstr { unsigned int len; const unsigned char *name; } CORE;
struct dentry { struct dentry *d_parent; struct qstr d_name; } CORE;
struct path { struct dentry *dentry; } CORE;
struct file { unsigned int f_flags; struct path f_path; } CORE;
struct nsproxy { struct net *net_ns; } CORE;
struct task_struct {
    int pid;
    int tgid;
    struct task_struct *real_parent;
    struct list_head tasks;
    char comm[16];
    struct mm_struct *mm;
    unsigned int __state;
    unsigned sched_reset_on_fork : 1;
    struct nsproxy *nsproxy;
} CORE;
struct task_struct___old { long state; } CORE;
struct sock_common { unsigned short skc_family; __u16 skc_dport; __u32 skc_daddr; } CORE;
struct sock { struct sock_common __sk_common; unsigned short sk_protocol; } CORE;
struct sk_buff { unsigned int len; unsigned char *head; __u16 network_header; __u8 pkt_type : 3; unsigned long _skb_refdst; } CORE;
struct tcp_sock { __u32 snd_cwnd; __u64 bytes_acked; } CORE;
struct request { unsigned int __data_len; struct gendisk *rq_disk; } CORE;
struct bpf_map { int map_type; unsigned int key_size; char name[16]; } CORE;
enum bpf_map_type { BPF_MAP_TYPE_HASH = 77, BPF_MAP_TYPE_NO_SUCH };
enum bpf_func_id { BPF_FUNC_trace_printk = 1 };
typedef int pid_t;
typedef struct { int counter; } atomic_t;
struct no_such_struct { int a; } CORE;
union bpf_attr { int map_type; };

SEC("raw_tp/sched_switch") __u64 fields(struct task_struct *task) {
    struct task_struct___old *old = (void *)task;
    __u64 sum = task->pid + task->tgid + task->real_parent->pid + task->comm[3];
    sum += (__u64)task->tasks.next + task->mm->total_vm;
    sum += field_info(task->__state, FIELD_EXISTS) ? task->__state : old->state;
    sum += field_info(task->mm->no_such_member, FIELD_EXISTS);
    sum += field_info(task->sched_reset_on_fork, BYTE_OFFSET) + field_info(task->sched_reset_on_fork, LSHIFT_U64);
    return sum + (__u64)task->nsproxy->net_ns;
}

SEC("raw_tp/x") __u64 network(struct sock *sk, struct sk_buff *skb, struct tcp_sock *tp) {
    return sk->__sk_common.skc_family + sk->__sk_common.skc_dport + sk->__sk_common.skc_daddr + sk->sk_protocol + skb->len
           + (__u64)skb->head + skb->network_header + field_info(skb->pkt_type, RSHIFT_U64) + skb->_skb_refdst
           + tp->snd_cwnd + tp->bytes_acked;
}

SEC("raw_tp/x") __u64 files(struct file *file, struct request *request, struct bpf_map *map) {
    return file->f_flags + file->f_path.dentry->d_parent->d_name.len + (__u64)file->f_path.dentry->d_name.name
           + request->__data_len + field_info(request->rq_disk, FIELD_EXISTS) + map->map_type + map->name[2]
           + map->key_size;
}

SEC("raw_tp/x") __u64 types(void *p) {
    return type_info(struct task_struct, TYPE_SIZE) + type_info(struct sk_buff, TYPE_EXISTS) + type_info(pid_t, TYPE_SIZE)
           + type_info(struct no_such_struct, TYPE_EXISTS) + type_id(struct task_struct, TARGET_ID)
           + type_id(union bpf_attr, TARGET_ID) + type_info(atomic_t, TYPE_MATCHES) + type_info(struct list_head, TYPE_MATCHES)
           + type_info(struct qstr, TYPE_MATCHES) + type_info(struct path, TYPE_MATCHES)
           + type_info(struct mm_struct, TYPE_MATCHES);
}

SEC("raw_tp/x") __u64 enumerators(void *p) {
    return enumerator_info(enum bpf_map_type, BPF_MAP_TYPE_HASH, ENUMERATOR_VALUE)
           + enumerator_info(enum bpf_map_type, BPF_MAP_TYPE_NO_SUCH, ENUMERATOR_EXISTS)
           + enumerator_info(enum bpf_func_id, BPF_FUNC_trace_printk, ENUMERATOR_VALUE);
}
