import type { Disposable as VsDisposable } from "vscode";

/** Something that owns disposables and disposes of them with itself, last registered first. */
export abstract class Disposable {
	readonly #owned: VsDisposable[] = [];
	#isDisposed = false;

	protected get isDisposed(): boolean {
		return this.#isDisposed;
	}

	protected _register<T extends VsDisposable>(disposable: T): T {
		if (this.#isDisposed) disposable.dispose();
		else this.#owned.push(disposable);
		return disposable;
	}

	dispose(): void {
		if (this.#isDisposed) return;
		this.#isDisposed = true;
		for (const disposable of this.#owned.splice(0).reverse()) disposable.dispose();
	}
}
