import type * as vscode from "vscode";

/** Does something once the window has had time to start. */
export function after(ms: number, act: () => unknown): vscode.Disposable {
	const timer = setTimeout(act, ms);
	return { dispose: () => clearTimeout(timer) };
}

export function every(ms: number, act: () => unknown): vscode.Disposable {
	const timer = setInterval(act, ms);
	return { dispose: () => clearInterval(timer) };
}
