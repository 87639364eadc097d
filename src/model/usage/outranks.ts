/** Whether the first of two lists of equal length is the greater one, by the first values that differ. */
export function outranks(
	first: readonly (number | string)[],
	second: readonly (number | string)[],
): boolean {
	for (const [index, value] of first.entries()) {
		const other = second[index];
		if (other !== undefined && value !== other) return value > other;
	}
	return false;
}
