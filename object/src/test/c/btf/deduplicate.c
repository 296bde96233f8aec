/*
 * Puts the types of several raw BTF files together and removes the duplicates, with libbpf: what Skep's results are
 * compared with. Usage: deduplicate OUT IN...
 * Build: cc -o deduplicate deduplicate.c -lbpf
 */
#include <bpf/btf.h>
#include <stdio.h>

int main(int argc, char **argv) {
    struct btf *all = btf__new_empty();
    if (argc < 3 || !all)
        return 2;
    for (int i = 2; i < argc; i++) {
        struct btf *one = btf__parse_raw(argv[i]);
        if (!one || btf__add_btf(all, one) < 0)
            return 3;
        btf__free(one);
    }
    if (btf__dedup(all, NULL))
        return 4;
    unsigned size;
    const void *bytes = btf__raw_data(all, &size);
    FILE *out = fopen(argv[1], "wb");
    return !out || fwrite(bytes, 1, size, out) != size || fclose(out) ? 5 : 0;
}
