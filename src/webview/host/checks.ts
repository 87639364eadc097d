/** Small checks over values of unknown shape, all total: none throws. */
export type RawFields = Readonly<Record<string, unknown>>;

export function isFields(value: unknown): value is RawFields {
	return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function isString(value: unknown): value is string {
	return typeof value === "string";
}

export function isBoolean(value: unknown): value is boolean {
	return typeof value === "boolean";
}

/** Infinity and NaN would spread through every sum and coordinate. */
export function isNumber(value: unknown): value is number {
	return typeof value === "number" && Number.isFinite(value);
}

export function isNullOr(check: (value: unknown) => boolean): (value: unknown) => boolean {
	return (value) => value === null || check(value);
}

export function isOneOf(words: readonly string[]): (value: unknown) => boolean {
	return (value) => isString(value) && words.includes(value);
}

export const isOutcome = isNullOr(isOneOf(["functional", "partial", "scaffolding", "fail"]));

export function isArrayOf(check: (value: unknown) => boolean): (value: unknown) => boolean {
	return (value) => Array.isArray(value) && value.every(check);
}

/** An object whose named fields all pass; fields not named are let through. */
export function isShape(
	shape: Readonly<Record<string, (value: unknown) => boolean>>,
): (value: unknown) => boolean {
	const entries = Object.entries(shape);
	return (value) => isFields(value) && entries.every(([name, check]) => check(value[name]));
}
