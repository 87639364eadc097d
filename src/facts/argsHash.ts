import { createHash } from "node:crypto";

/** Deeper than any tool's arguments; what is nested deeper still has no hash. */
const MAX_DEPTH = 200;

/**
 * SHA-256, as lower-case hex, of the canonical JSON of a call's arguments: no white space, the keys
 * of every object sorted by their UTF-16 code units, and numbers, strings and left out members as
 * `JSON.stringify` writes them. This is RFC 8785, but that a lone surrogate is escaped where the
 * RFC rejects it.
 *
 * @returns null where there is nothing to hash: no arguments, or nested beyond all reason
 */
export function argsHash(input: unknown): string | null {
	if (input === undefined) return null;
	const json = canonicalJson(input, 0);
	return json === null ? null : createHash("sha256").update(json).digest("hex");
}

function canonicalJson(value: unknown, depth: number): string | null {
	if (depth > MAX_DEPTH) return null;
	if (typeof value !== "object" || value === null) return JSON.stringify(value) ?? "null";
	const parts: string[] = [];
	if (Array.isArray(value)) {
		for (const item of value) {
			const part = canonicalJson(item, depth + 1);
			if (part === null) return null;
			parts.push(part);
		}
		return `[${parts.join(",")}]`;
	}
	const fields = value as Readonly<Record<string, unknown>>;
	for (const key of Object.keys(fields).sort()) {
		if (fields[key] === undefined) continue;
		const part = canonicalJson(fields[key], depth + 1);
		if (part === null) return null;
		parts.push(`${JSON.stringify(key)}:${part}`);
	}
	return `{${parts.join(",")}}`;
}
