import type { Fact } from "../agents/facts.ts";
import { IdTable } from "../calls/idTable.ts";
import { SessionCalls } from "../calls/sessionCalls.ts";
import { RECENT_CALLS } from "../events/limits.ts";
import { UsageLedger } from "../usage/usageLedger.ts";
import type { Changes } from "./changes.ts";
import { copyNodes } from "./copyNodes.ts";
import { GraphNode, type OpenCall } from "./graphNode.ts";
import { parentOf } from "./parents.ts";
import { Partners } from "./partners.ts";
import { SessionState } from "./sessionState.ts";

const MAX_CHANGED_FILES = 9999;

/**
 * One session and everything in it. Ids are looked up per session: agent ids and tool_use_ids are
 * only promised to be unique within one.
 */
export class GraphSession {
	readonly root: GraphNode;
	/** Numbers of agents by their ids, and of launches by tool_use_id of the call. */
	#agents = new IdTable();
	#launches = new IdTable();
	partners: Partners;
	/** All that have an id, in the order of appearance. */
	#all: GraphNode[];
	calls: SessionCalls<GraphNode>;
	usage = new UsageLedger<GraphNode>();
	/** Stops that named no type and no known agent, by agent id. */
	phantoms = new Map<string, Fact>();
	readonly changes: Changes;
	/** Paths that calls have changed, up to a bound that no summary needs to tell apart. */
	changedFiles = new Set<string>();
	/** When the client last reminded of an open question, ms since the epoch; 0 where it never has. */
	remindedAt = 0;

	private constructor(root: GraphNode, changes: Changes) {
		this.changes = changes;
		this.calls = new SessionCalls(changes.records);
		this.partners = new Partners(changes);
		this.root = root;
		this.#all = [root];
	}

	static begin(id: string, changes: Changes): GraphSession {
		const state = new SessionState(
			changes.keyPrefix,
			changes.keepsAllCalls ? Number.POSITIVE_INFINITY : RECENT_CALLS,
		);
		const root = new GraphNode(changes.nextKey(), "session", id, state, null, 0);
		changes.touch(root);
		return new GraphSession(root, changes);
	}

	/** Another one of the same state. @param changes of the graph that it becomes part of */
	copy(changes: Changes): GraphSession {
		const { records } = changes;
		const { all, of } = copyNodes(this.#all, this.state.copy(), records);
		const copy = new GraphSession(of(this.root), changes);
		copy.#all = all;
		copy.calls = this.calls.copy(records, of);
		copy.#agents = this.#agents.copy();
		copy.#launches = this.#launches.copy();
		copy.partners = this.partners.copy(changes, of);
		copy.usage = this.usage.copy(of);
		copy.phantoms = new Map(this.phantoms);
		copy.changedFiles = new Set(this.changedFiles);
		copy.remindedAt = this.remindedAt;
		return copy;
	}

	get state(): SessionState {
		return this.root.session;
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
		// A call may stand for the agent that it launched.
		const known = this.#agents.get(id) || this.#launches.get(id);
		if (known !== 0) return this.#at(known);
		const node = this.#add("agent", id);
		this.#agents.set(id, node.number);
		const stop = this.phantoms.get(id);
		// A stop dropped as a phantom was real after all.
		if (stop !== undefined) node.tell(stop);
		this.phantoms.delete(id);
		return node;
	}

	/** What stands for a launching call, made when this is the first that is heard of it. */
	launch(id: string): GraphNode {
		const known = this.#launches.get(id);
		if (known !== 0) return this.#at(known);
		const node = this.#add("launch", id);
		this.#launches.set(id, node.number);
		return node;
	}

	/** Resolves any id an event may act under: an agent's, a launch's, or none for the session. */
	actor(id: string): GraphNode {
		if (id === "" || id === this.root.id) return this.root;
		const known = this.#agents.get(id) || this.#launches.get(id);
		return known === 0 ? this.agent(id) : this.#at(known);
	}

	hasAgent(id: string): boolean {
		return this.#agents.get(id) !== 0;
	}

	/** Whether anything of that id can act. */
	hasActor(id: string): boolean {
		return id === this.root.id || this.hasAgent(id) || this.#launches.get(id) !== 0;
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

	/** Many others ended since: neither it nor a single call of it is shown any longer. */
	putAway(shown: GraphNode): void {
		for (const part of shown.parts) {
			if (part.shownBy.isAlive) continue;
			for (const call of part.ledger.forgetRecent()) this.putCallAway(call);
		}
		shown.isPast = true;
		for (let node: GraphNode | null = shown; node !== null; ) {
			if (!node.isPast || node.isAlive || this.#isAbove(node)) return;
			this.changes.takeBack(node);
			node = node === this.root ? null : parentOf(node);
		}
	}

	/** Whether something that hangs from a node is still shown. */
	#isAbove(node: GraphNode): boolean {
		if (node.started.some(({ isTold }) => isTold)) return true;
		if (node === this.root) return this.#all.some((each) => each !== node && each.isTold);
		return node.parts.some(({ launched }) => launched.some(({ shownBy }) => shownBy.isTold));
	}

	/** Who made a call that was put away; null for any other id. */
	ownerOfPutAway(id: string): GraphNode | null {
		const number = this.calls.ownerOf(id);
		return number === null ? null : this.#at(number);
	}

	/** Whether a call is told to be a launch. */
	isLaunch(id: string): boolean {
		const known = this.#launches.get(id);
		return known !== 0 && (this.#at(known).request?.ts ?? 0) > 0;
	}

	/** There is no such call, if that is all that is known of it. */
	dropCall(id: string, isAll: (call: OpenCall) => boolean): void {
		const call = this.calls.get(id);
		if (call === null || !isAll(call)) return;
		call.owner.ledger.take(call);
		this.changes.touch(call.owner);
		this.calls.drop(call);
	}

	noteChange(path: string): void {
		if (path !== "" && this.changedFiles.size < MAX_CHANGED_FILES) this.changedFiles.add(path);
	}

	/** A call is no longer shown: if nothing can become of it any more, its caller is all to keep. */
	putCallAway(call: OpenCall): void {
		if (call.success !== null && call.version === 2) this.calls.putAway(call);
	}

	#at(number: number): GraphNode {
		const node = this.#all[number];
		if (node === undefined) throw new RangeError(`no node has the number ${number}`);
		return node;
	}

	#add(kind: "agent" | "launch", id: string): GraphNode {
		const { root, state } = this;
		const number = this.#all.length;
		const node = new GraphNode(this.changes.nextKey(), kind, id, state, root, number);
		this.#all.push(node);
		this.changes.touch(node);
		return node;
	}
}
