/**
 * The function, class or module that a test's name says it tests: `foo` of `test_foo`, `Foo` of
 * `TestFoo` and `FooTest`, `foo` of `foo.test.ts`. The name closest to the test itself counts.
 *
 * @returns null where the name says nothing of the kind
 */
export function testedName(testId: string): string | null {
	const plain = testId.replace(/\[.*$/s, "");
	const parts = plain.split(/::|\\|#| › |(?<=\w)\.(?=\w+$)|(?<=^[\w.]+)\.(?=[\w.]+$)/).reverse();
	for (const part of parts) {
		const name = ofFunction(part.split("/")[0] ?? "") ?? ofFile(part);
		if (name !== null && /^[A-Za-z_$][\w$-]{0,127}$/.test(name)) return name;
	}
	return ofFile(plain.split(/::| › /)[0] ?? "");
}

function ofFunction(name: string): string | null {
	const found =
		/^(?:test|it)_+(\w+)$/i.exec(name) ??
		/^(?:test|Test|Benchmark|Fuzz|Example)([A-Z]\w*)$/.exec(name) ??
		/^(\w+?)_?Tests?(?:Case)?$/.exec(name);
	return found?.[1] ?? null;
}

function ofFile(path: string): string | null {
	const file = path.slice(path.lastIndexOf("/") + 1);
	const found =
		/^([\w$-]+)\.(?:test|spec|e2e)\.[cm]?[jt]sx?$/.exec(file) ??
		/^test_(\w+)\.py$/.exec(file) ??
		/^(\w+)_(?:test|spec)\.(?:py|go|rb|dart|exs)$/.exec(file) ??
		/^(\w+?)Tests?\.(?:php|java|kt|cs)$/.exec(file);
	return found?.[1] ?? null;
}
