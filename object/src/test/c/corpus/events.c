// Sending records to user space in both ways.
#include "program.h"

struct record {
    __u64 time;
    __u32 pid;
    char name[4];
};

struct {
    __uint(type, RINGBUF);
    __uint(max_entries, 1 << 16);
} ring SEC(".maps");

struct {
    __uint(type, PERF_EVENT_ARRAY);
    __uint(key_size, 4);
    __uint(value_size, 4);
} perf SEC(".maps");

SEC("tp/sched/sched_process_exec") int submits(void *context) {
    struct record *record = ringbuf_reserve(&ring, sizeof(*record), 0);
    if (!record)
        return 0;
    record->time = ktime_get_ns();
    record->pid = get_current_pid_tgid() >> 32;
    ringbuf_submit(record, 0);
    return 0;
}

SEC("tp/sched/sched_process_exit") int outputs(void *context) {
    struct record record = {.time = ktime_get_ns(), .name = "bye"};
    return perf_event_output(context, &perf, 0xffffffff, &record, sizeof(record));
}
