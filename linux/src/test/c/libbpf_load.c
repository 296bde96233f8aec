/*
 * Loads each object with libbpf and prints what the kernel made of it, for LoadParityTest:
 *   FILE loaded
 *   FILE PROGRAM TAG
 *   FILE refused ERRNO
 */
#include <bpf/bpf.h>
#include <bpf/libbpf.h>
#include <stdio.h>
#include <stdarg.h>

static int silent(enum libbpf_print_level level, const char *format, va_list args)
{
	return 0;
}

int main(int argc, char **argv)
{
	libbpf_set_print(silent);
	for (int i = 1; i < argc; i++) {
		struct bpf_object *object = bpf_object__open_file(argv[i], NULL);
		if (!object) {
			printf("%s refused open\n", argv[i]);
			continue;
		}
		int err = bpf_object__load(object);
		if (err) {
			printf("%s refused %d\n", argv[i], err);
			bpf_object__close(object);
			continue;
		}
		printf("%s loaded\n", argv[i]);
		struct bpf_program *program;
		bpf_object__for_each_program(program, object) {
			struct bpf_prog_info info = {};
			__u32 size = sizeof(info);
			if (bpf_program__fd(program) < 0)
				continue;
			if (bpf_obj_get_info_by_fd(bpf_program__fd(program), &info, &size))
				continue;
			printf("%s %s ", argv[i], bpf_program__name(program));
			for (int k = 0; k < 8; k++)
				printf("%02x", info.tag[k]);
			printf("\n");
		}
		bpf_object__close(object);
	}
	return 0;
}
