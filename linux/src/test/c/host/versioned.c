/* A library with two versions of a function: see versioned.map. */
__asm__(".symver old_answer, probed_answer@PROBED_1");
__asm__(".symver new_answer, probed_answer@@PROBED_2");

__attribute__((noipa)) int old_answer(void)
{
	return 41;
}

__attribute__((noipa)) int new_answer(void)
{
	return 42;
}
