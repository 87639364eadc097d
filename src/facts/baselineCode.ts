import { setFlagsFromString } from "node:v8";

/** Switches off what replaces V8's baseline code of WebAssembly by optimised code; it takes both. */
const OPTIMISING = ["wasm-tier-up", "wasm-dynamic-tiering"];

/**
 * Makes V8 keep the baseline code of the WebAssembly functions that are called for the first time
 * in here. Each function is compiled at its first call, and whether it counts how hot it is, is
 * decided then; so the flags, which are the whole process's, are as they were again at once.
 *
 * @param first takes milliseconds, not more: what another thread compiles meanwhile is affected too
 */
export function inBaselineCode(first: () => void): void {
	for (const flag of OPTIMISING) setFlagsFromString(`--no-${flag}`);
	try {
		first();
	} finally {
		for (const flag of OPTIMISING) setFlagsFromString(`--${flag}`);
	}
}
