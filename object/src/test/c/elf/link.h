// What the objects that are linked together agree on.
#pragma once

struct packet {
    __u32 length;
};

struct session {
    __u64 started;
    __u32 state;
};

struct limits {
    int low;
    int high;
};

struct session_map {
    __uint(type, HASH);
    __uint(max_entries, 128);
    __type(key, __u32);
    __type(value, struct session);
};

int classify(struct packet *packet, struct session *session);
int policy(struct packet *packet);
