import type * as vscode from "vscode";
import { Disposable } from "../disposable.ts";
import type { Settings } from "../settings.ts";

/** Parts of a window, each made when it is first asked for and the same from then on. */
export abstract class LazyParts extends Disposable {
	readonly #made = new Map<string, vscode.Disposable>();
	readonly #configured: ((settings: Settings) => void)[] = [];

	/** @param configure told of settings that change once it is made */
	protected _once<T extends vscode.Disposable>(
		name: string,
		make: () => T,
		configure?: (made: T, settings: Settings) => void,
	): T {
		const known = this.#made.get(name);
		if (known !== undefined) return known as T;
		const made = this._register(make());
		this.#made.set(name, made);
		if (configure !== undefined) this.#configured.push((settings) => configure(made, settings));
		return made;
	}

	protected _configure(settings: Settings): void {
		for (const configure of this.#configured) configure(settings);
	}
}
