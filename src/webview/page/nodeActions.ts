import type { NodeView } from "../../model/views/view.ts";
import type { AgentIds, PageMessage } from "../../protocol/messages.ts";
import type { PageModel } from "../state/pageModel.ts";

/**
 * What the host is asked to do with a node: the selected one, where no other is named by its key. It is
 * told their ids, which are the same whichever graph is shown.
 */
export class NodeActions {
	readonly #model: PageModel;
	readonly #post: (message: PageMessage) => void;

	constructor(model: PageModel, post: (message: PageMessage) => void) {
		this.#model = model;
		this.#post = post;
	}

	copyId(key = this.#model.selected): void {
		const view = this.#view(key);
		if (view !== undefined) this.#post({ type: "copyId", id: view.id });
	}

	openTranscript(call: string | null, key = this.#model.selected): void {
		const view = this.#view(key);
		if (view === undefined || !this.#model.settings.canOpen) return;
		this.#post({ type: "openTranscript", ...idsOf(view), call });
	}

	openFile(call: string): void {
		const view = this.#view(this.#model.selected);
		if (view !== undefined) this.#post({ type: "openFile", ...idsOf(view), call });
	}

	#view(key: string | null): NodeView | undefined {
		return key === null ? undefined : this.#model.graph.get(key);
	}
}

/** The ids by which the host knows a node. */
export function idsOf({ kind, session, id }: NodeView): AgentIds {
	return { session, agent: kind === "session" ? "" : id };
}
