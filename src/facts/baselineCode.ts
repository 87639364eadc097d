import { setFlagsFromString } from "node:v8";

/** Switches off what replaces V8's baseline code of WebAssembly by optimised code; it takes both. */
const OPTIMISING = ["wasm-tier-up", "wasm-dynamic-tiering"];

/** Longest wait for another thread, in ms: one that was ended in here does not give the lock back. */
const PATIENCE_MS = 2000;

/** 1 while a thread is in here. */
let lock = new Int32Array(new SharedArrayBuffer(4));

/** What threads that load grammars have to share: the flags are the whole process's. */
export function baselineLock(): SharedArrayBuffer {
	return lock.buffer;
}

/** To be called by a thread that was handed another's {@link baselineLock}. */
export function shareBaselineLock(shared: SharedArrayBuffer): void {
	lock = new Int32Array(shared);
}

/**
 * Makes V8 keep the baseline code of the WebAssembly functions that are called for the first time
 * in here. Each function is compiled at its first call, and whether it counts how hot it is, is
 * decided then; so the flags, which are the whole process's, are as they were again at once.
 *
 * @param first takes milliseconds, not more: what another thread compiles meanwhile is affected too
 */
export function inBaselineCode(first: () => void): void {
	// Another thread would switch them on again in the middle of this.
	const until = performance.now() + PATIENCE_MS;
	while (Atomics.compareExchange(lock, 0, 0, 1) !== 0 && performance.now() < until) {
		Atomics.wait(lock, 0, 1, PATIENCE_MS);
	}
	for (const flag of OPTIMISING) setFlagsFromString(`--no-${flag}`);
	try {
		first();
	} finally {
		for (const flag of OPTIMISING) setFlagsFromString(`--${flag}`);
		Atomics.store(lock, 0, 0);
		Atomics.notify(lock, 0);
	}
}
