/** Where a value stands in another: keys and indices. */
type Place = readonly (string | number)[];

/** A field of a line, with the line as it would be under another name of the field. */
export interface Renamed {
	/** Kinds and keys on the way to it, such as `user.message.content.[].<tool_result>.is_error`. */
	readonly name: string;
	readonly line: string;
}

/** Every field of a line, at any depth. */
export function* renamedFields(line: object): Generator<Renamed> {
	for (const place of placesIn(line, [])) {
		yield { name: nameOf(line, place), line: JSON.stringify(withRenamed(line, place)) };
	}
}

function* placesIn(value: unknown, above: Place): Generator<Place> {
	if (typeof value !== "object" || value === null) return;
	for (const [key, inner] of Object.entries(value)) {
		const place = [...above, Array.isArray(value) ? Number(key) : key];
		if (!Array.isArray(value)) yield place;
		yield* placesIn(inner, place);
	}
}

function withRenamed(value: unknown, [key, ...below]: Place): unknown {
	if (Array.isArray(value)) {
		return value.map((inner, index) => (index === key ? withRenamed(inner, below) : inner));
	}
	const entries = Object.entries(value as object).map(([name, inner]): [string, unknown] => {
		if (name !== key) return [name, inner];
		return below.length === 0 ? [`${name}Renamed`, inner] : [name, withRenamed(inner, below)];
	});
	return Object.fromEntries(entries);
}

function nameOf(line: object, place: Place): string {
	const names = [kindOf(line)];
	let value: unknown = line;
	for (const key of place) {
		value = (value as Record<string | number, unknown>)[key];
		names.push(typeof key === "number" ? `[].<${kindOf(value)}>` : key);
	}
	return names.join(".");
}

function kindOf(value: unknown): string {
	const { type, subtype, name } = (value ?? {}) as Record<string, unknown>;
	return [type, subtype, name].filter((part) => typeof part === "string").join(":");
}
