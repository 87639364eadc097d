import type { Fact } from "../agents/facts.ts";
import { AnsweredCalls } from "../calls/answeredCalls.ts";
import { UsageLedger } from "../usage/usageLedger.ts";
import type { Changes } from "./changes.ts";
import { copyNodes } from "./copyNodes.ts";
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
	partners: Partners;
	/** All that have an id, in the order of appearance. */
	#all: GraphNode[];
	/** By tool_use_id. */
	calls = new Map<string, OpenCall>();
	/** All other calls. */
	answered = new AnsweredCalls<GraphNode>();
	usage = new UsageLedger<GraphNode>();
	/** Stops that named no type and no known agent, by agent id. */
	phantoms = new Map<string, Fact>();
	/**
	 * Records of calls put away, to be used again: new ones for every call of a long log are what
	 * outlives collections, and that makes V8 enlarge its nursery, up to 64 MB.
	 */
	readonly #spareCalls: OpenCall[] = [];
	readonly changes: Changes;
	/** Paths that calls have changed, up to a bound that no summary needs to tell apart. */
	changedFiles = new Set<string>();
	/** When the client last reminded of an open question, ms since the epoch; 0 where it never has. */
	remindedAt = 0;

	private constructor(root: GraphNode, changes: Changes) {
		this.changes = changes;
		this.partners = new Partners(changes);
		this.root = root;
		this.#all = [root];
	}

	static begin(id: string, changes: Changes): GraphSession {
		const root = new GraphNode(changes.nextKey(), "session", id, null, 0);
		if (changes.keepsAllCalls) root.callsKept = Number.POSITIVE_INFINITY;
		changes.touch(root);
		return new GraphSession(root, changes);
	}

	/** Another one of the same state. @param changes of the graph that it becomes part of */
	copy(changes: Changes): GraphSession {
		const { all, calls, of } = copyNodes(this.#all, this.calls);
		const copy = new GraphSession(of(this.root), changes);
		copy.#all = all;
		copy.calls = calls;
		for (const [id, node] of this.agents) copy.agents.set(id, of(node));
		for (const [id, node] of this.launches) copy.launches.set(id, of(node));
		copy.partners = this.partners.copy(changes, of);
		copy.answered = this.answered.copy(of);
		copy.usage = this.usage.copy(of);
		copy.phantoms = new Map(this.phantoms);
		copy.changedFiles = new Set(this.changedFiles);
		copy.remindedAt = this.remindedAt;
		return copy;
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
		this.changes.finished.add(shownBy, this);
	}

	/** Other nodes ended since: no single call of this one is shown any longer. */
	putAwayCallsOf(shown: GraphNode): void {
		for (const part of shown.parts) {
			if (part.shownBy.isAlive) continue;
			for (const call of part.ledger.forgetRecent()) this.putAway(call);
		}
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
