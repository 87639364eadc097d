import type * as vscode from "vscode";

/** What is made when it is first asked for, and the same from then on. */
interface Later<T> {
	(): T;
	/** null while nobody has asked for it. */
	readonly made: T | null;
}

/** @param own sees to it that what was made ends with the window */
export function makeLater<T extends vscode.Disposable>(
	own: (made: T) => T,
	make: () => T,
): Later<T> {
	let made: T | null = null;
	const ask = (): T => {
		made ??= own(make());
		return made;
	};
	return Object.defineProperty(ask, "made", { get: () => made }) as Later<T>;
}

/** Makes something, or does it, once the window has had time to start. */
export function after(ms: number, act: () => unknown): vscode.Disposable {
	const timer = setTimeout(act, ms);
	return { dispose: () => clearTimeout(timer) };
}

export function every(ms: number, act: () => unknown): vscode.Disposable {
	const timer = setInterval(act, ms);
	return { dispose: () => clearInterval(timer) };
}
