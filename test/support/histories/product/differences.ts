/** What is otherwise than it should be, line by line. */
export class Differences {
	readonly lines: string[] = [];

	/** Two things property by property; nothing is expected of what is undefined. */
	of(
		name: string,
		seen: Readonly<Record<string, unknown>>,
		expected: Readonly<Record<string, unknown>>,
	): void {
		for (const [property, value] of Object.entries(expected)) {
			if (value === undefined || seen[property] === value) continue;
			this.lines.push(`${name}: ${property} is ${seen[property]}, but should be ${value}`);
		}
	}

	/** What is there and what should be. */
	sets(name: string, seen: ReadonlySet<string>, expected: ReadonlySet<string>): void {
		for (const id of expected) if (!seen.has(id)) this.lines.push(`${name}: no ${id}`);
		for (const id of seen) if (!expected.has(id)) this.lines.push(`${name}: ${id} is too much`);
	}
}
