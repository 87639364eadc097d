import { isFailure } from "../../model/calls/mergeCalls.ts";
import type { NodeDetail, NodeView } from "../../model/views/view.ts";
import type { AgentIds, PageMessage, ReasonMessage } from "../../protocol/messages.ts";

/** A failure whose reason was asked for. */
type Asked = AgentIds & { readonly call: string | null };

/** Why the selected node failed, or its latest failed call: asked of the host once for each. */
export class FailureReason {
	/** Empty while nothing tells. */
	text = "";
	#asked: Asked | null = null;

	/** Another node is selected. */
	clear(): void {
		this.text = "";
		this.#asked = null;
	}

	/** What is to be asked, now that the selected node is this; null for nothing, or nothing new. */
	question(ids: AgentIds, view: NodeView, { recent }: NodeDetail): PageMessage | null {
		const call = recent.findLast(isFailure)?.id ?? null;
		if (call === null && view.outcome !== "fail") {
			this.clear();
			return null;
		}
		const asked = { ...ids, call };
		if (this.#asked !== null && isSame(asked, this.#asked)) return null;
		this.text = "";
		this.#asked = asked;
		return { type: "askReason", ...asked };
	}

	/** Gives back whether it is the answer to what was asked last. */
	take(answer: ReasonMessage): boolean {
		if (this.#asked === null || !isSame(answer, this.#asked)) return false;
		this.text = answer.text;
		return true;
	}
}

function isSame(a: Asked, b: Asked): boolean {
	return a.session === b.session && a.agent === b.agent && a.call === b.call;
}
