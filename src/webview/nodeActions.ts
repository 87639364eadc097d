import type { PageMessage } from "../protocol/messages.ts";
import type { PageModel } from "./state/pageModel.ts";

/** What the host is asked to do with a node: the selected one, where no other is named by its key. */
export class NodeActions {
	readonly #model: PageModel;
	readonly #post: (message: PageMessage) => void;

	constructor(model: PageModel, post: (message: PageMessage) => void) {
		this.#model = model;
		this.#post = post;
	}

	copyId(id = this.#model.selected): void {
		if (id !== null) this.#post({ type: "copyId", id });
	}

	openTranscript(call: string | null, id = this.#model.selected): void {
		if (id !== null && this.#model.settings.canOpen)
			this.#post({ type: "openTranscript", id, call });
	}

	openFile(call: string): void {
		const { selected } = this.#model;
		if (selected !== null) this.#post({ type: "openFile", id: selected, call });
	}
}
