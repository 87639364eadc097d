import type { PageMessage } from "../../protocol/messages.ts";
import type { Picture } from "../picture.ts";
import type { PageModel } from "../state/pageModel.ts";
import { idsOf } from "./nodeActions.ts";
import type { ShownNodes } from "./shownNodes.ts";

/** What a selection works with. */
interface NodeSelectionHost {
	readonly model: PageModel;
	readonly picture: Picture;
	readonly shown: ShownNodes;
	/** Shows details of a node as they were; gives back whether a replay has any. */
	inspectReplayed(key: string | null): boolean;
	/** Text and controls follow at once, and it is remembered. */
	chosen(): void;
	post(message: PageMessage): void;
}

/** The selected node, its details, and why it failed. */
export class NodeSelection {
	readonly #host: NodeSelectionHost;

	constructor(host: NodeSelectionHost) {
		this.#host = host;
	}

	/** Selects a node, or none; the host answers with its details. */
	select(key: string | null): void {
		const { model, picture, shown, chosen } = this.#host;
		const before = model.selected;
		model.awaited = null;
		if (key === before) return;
		model.selected = key;
		model.detail = null;
		model.reason.clear();
		shown.refreshGhosts(before, key);
		picture.setSelected(key);
		this.inspect(key);
		chosen();
	}

	/** Asks for details of a node: those of the moment that is shown. */
	inspect(key: string | null): void {
		const { inspectReplayed, post } = this.#host;
		if (!inspectReplayed(key)) post({ type: "selected", id: key });
	}

	/** Asks why the selected node failed, live as in a replay, now that its details are known. */
	askReason(): void {
		const { model, post } = this.#host;
		const { detail, reason } = model;
		const view = model.selectedView();
		if (view === undefined || detail === null) return;
		const question = reason.question(idsOf(view), view, detail);
		if (question !== null) post(question);
	}

	/** Not before all has been read: what was selected when the page was left may be among the rest. */
	dropGone(): void {
		const { model } = this.#host;
		const { hasSnapshot, selected, status, awaited } = model;
		if (!hasSnapshot || status.phase !== "live") return;
		if (selected !== null && model.selectedView() === undefined) this.select(null);
		// In a replay it may be there again.
		model.awaited = model.clock.isHeld ? awaited : null;
	}
}
