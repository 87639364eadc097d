import type { Fact } from "../agents/facts.ts";
import { AnsweredCalls } from "../calls/answeredCalls.ts";
import { UsageLedger } from "../usage/usageLedger.ts";
import type { Changes } from "./changes.ts";
import { GraphNode, type OpenCall } from "./graphNode.ts";
import { Partners } from "./partners.ts";

const MAX_CHANGED_FILES = 9999;

/**
 * One session and everything in it. Ids are looked up per session: agent ids and tool_use_ids are
 * only promised to be unique within one.
 */
export class GraphSession {
	readonly root: GraphNode;
	readonly agents = new Map<string, GraphNode>();
	/** By tool_use_id of the launching call. */
	readonly launches = new Map<string, GraphNode>();
	readonly partners: Partners;
	/** All that have an id, in the order of appearance. */
	readonly #all: GraphNode[];
	/** By tool_use_id. */
	readonly calls = new Map<string, OpenCall>();
	/** All other calls. */
	readonly answered = new AnsweredCalls<GraphNode>();
	readonly usage = new UsageLedger<GraphNode>();
	/** Stops that named no type and no known agent, by agent id. */
	readonly phantoms = new Map<string, Fact>();
	/**
	 * Records of calls put away, to be used again: new ones for every call of a long log are what
	 * outlives collections, and that makes V8 enlarge its nursery, up to 64 MB.
	 */
	readonly #spareCalls: OpenCall[] = [];
	readonly changes: Changes;
	/** Paths that calls have changed, up to a bound that no summary needs to tell apart. */
	readonly changedFiles = new Set<string>();
	/** When the client last reminded of an open question, ms since the epoch; 0 where it never has. */
	remindedAt = 0;

	constructor(id: string, changes: Changes) {
		this.changes = changes;
		this.partners = new Partners(changes);
		this.root = new GraphNode(changes.nextKey(), "session", id, null, 0);
		if (changes.keepsAllCalls) this.root.callsKept = Number.POSITIVE_INFINITY;
		this.#all = [this.root];
		changes.touch(this.root);
	}

	/** The nodes that are shown, in the order of appearance. */
	*nodes(): Generator<GraphNode> {
		for (const node of this.#all) if (node.shownBy === node) yield node;
	}

	/** Everything that has an id, for whoever takes note of what is told. */
	get parts(): readonly GraphNode[] {
		return this.#all;
	}

	/** The agent of that id, made when this is the first that is heard of it. */
	agent(id: string): GraphNode {
		const known = this.agents.get(id);
		if (known !== undefined) return known;
		const node = this.#add("agent", id);
		this.agents.set(id, node);
		const stop = this.phantoms.get(id);
		// A stop dropped as a phantom was real after all.
		if (stop !== undefined) node.tell(stop);
		this.phantoms.delete(id);
		return node;
	}

	/** What stands for a launching call, made when this is the first that is heard of it. */
	launch(id: string): GraphNode {
		let node = this.launches.get(id);
		if (node === undefined) {
			node = this.#add("launch", id);
			this.launches.set(id, node);
		}
		return node;
	}

	/** Resolves any id an event may act under: an agent's, a launch's, or none for the session. */
	actor(id: string): GraphNode {
		if (id === "" || id === this.root.id) return this.root;
		return this.agents.get(id) ?? this.launches.get(id) ?? this.agent(id);
	}

	/** A node may have ended: its single calls are not shown for ever. */
	noteEnd(node: GraphNode): void {
		const { shownBy } = node;
		if (shownBy.isAlive) return;
		const endedAt = shownBy.life.endedAt ?? shownBy.root.lastHeardAt;
		for (const part of shownBy.parts) part.waits.clear(endedAt);
		if (this.changes.keepsAllCalls) return;
		this.changes.finished.add(shownBy, () => {
			for (const part of shownBy.parts) this.#putAwayCalls(part);
		});
	}

	/** An open call of a v2 line without particulars. */
	newCall(id: string, owner: GraphNode, startedAt: number): OpenCall {
		const call = this.#spareCalls.pop() ?? { ...NEW_CALL, owner };
		call.id = id;
		call.owner = owner;
		call.startedAt = startedAt;
		call.durationMs = null;
		call.success = null;
		call.errorClass = "";
		call.durationFrom = null;
		this.calls.set(id, call);
		return call;
	}

	hasCall(id: string): boolean {
		return this.calls.has(id) || this.answered.ownerOf(id) !== null;
	}

	/** A call that only v1 told of was another session's. */
	dropCall(id: string): void {
		const call = this.calls.get(id);
		if (call?.version !== 1) return;
		call.owner.ledger.take(call);
		this.calls.delete(id);
		this.changes.touch(call.owner);
	}

	noteChange(path: string): void {
		if (path !== "" && this.changedFiles.size < MAX_CHANGED_FILES) this.changedFiles.add(path);
	}

	/** A call is no longer shown: if nothing can become of it any more, its id is all to keep. */
	putAway(call: OpenCall): void {
		if (call.success === null || call.version === 1) return;
		if (!this.calls.delete(call.id)) return;
		this.answered.add(call.id, call.owner);
		this.#spareCalls.push(call);
	}

	/** No single call of a node is shown any longer. */
	#putAwayCalls(node: GraphNode): void {
		if (node.shownBy.isAlive) return;
		for (const call of node.ledger.forgetRecent()) this.putAway(call);
	}

	#add(kind: "agent" | "launch", id: string): GraphNode {
		const node = new GraphNode(this.changes.nextKey(), kind, id, this.root, this.#all.length);
		this.#all.push(node);
		this.changes.touch(node);
		return node;
	}
}

const NEW_CALL: Omit<OpenCall, "owner"> = {
	id: "",
	tool: "",
	detail: "",
	startedAt: 0,
	durationMs: null,
	success: null,
	errorClass: "",
	version: 2,
	durationFrom: null,
};
