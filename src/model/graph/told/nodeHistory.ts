import type { Span } from "../../agents/lifeOf.ts";
import type { EndedWait } from "../../calls/waits.ts";
import type { Origin } from "../../events/events.ts";
import type { CallView, NodeView } from "../../views/view.ts";
import type { GraphNode } from "../graphNode.ts";
import { viewOf } from "./nodeView.ts";

/** A call as the graph keeps it: it goes on changing it. */
export interface KeptCall extends CallView {
	/** Who measured its duration; null where nobody did. */
	readonly durationFrom: Origin | null;
}

/** Everything that is known of what a node did, as far as its graph keeps single calls. */
export interface NodeHistory {
	readonly view: NodeView;
	/** Own lives of an agent, one after the other; null on a session. */
	readonly lives: readonly Span[] | null;
	/** In the order in which they were heard of; a list of its own each time, which may be long. */
	calls(): readonly KeptCall[];
	/** Grows whenever a call changes. */
	readonly callChanges: number;
	/** Waits for a permission that are over. */
	readonly waits: readonly EndedWait[];
}

export function historyOf(node: GraphNode): NodeHistory {
	const { kind, parts } = node;
	const acting = parts.filter(({ ledger }) => ledger.calls > 0);
	return {
		view: viewOf(node),
		lives: kind === "session" ? null : node.spans,
		calls: () => callsOf(acting),
		callChanges: acting.reduce((sum, { ledger }) => sum + ledger.changes, 0),
		waits: parts.flatMap(({ waits }) => waits.over),
	};
}

function callsOf([only, ...others]: readonly GraphNode[]): readonly KeptCall[] {
	const first = only?.ledger.latest ?? [];
	return others.length === 0 ? first : [first, ...others.map(({ ledger }) => ledger.latest)].flat();
}
