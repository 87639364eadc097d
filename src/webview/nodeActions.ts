import type { PageMessage } from "../protocol/messages.ts";
import type { PageModel } from "./state/pageModel.ts";

/** What the host is asked to do with the selected node. */
export class NodeActions {
	readonly #model: PageModel;
	readonly #post: (message: PageMessage) => void;

	constructor(model: PageModel, post: (message: PageMessage) => void) {
		this.#model = model;
		this.#post = post;
	}

	copyId(): void {
		const { selected } = this.#model;
		if (selected !== null) this.#post({ type: "copyId", id: selected });
	}

	openTranscript(call: string | null): void {
		const { selected } = this.#model;
		if (selected !== null) this.#post({ type: "openTranscript", id: selected, call });
	}

	openFile(call: string): void {
		const { selected } = this.#model;
		if (selected !== null) this.#post({ type: "openFile", id: selected, call });
	}
}
