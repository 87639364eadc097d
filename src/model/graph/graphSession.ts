import { SettledCalls } from "../calls/settledCalls.ts";
import type { ToolCall } from "../calls/toolCall.ts";
import type { AgentStopEvent } from "../events/events.ts";
import { UsageLedger } from "../usage/usage.ts";
import type { Changes } from "./changes.ts";
import { GraphNode, type LossReason, type Spawn } from "./graphNode.ts";

/**
 * One session and everything in it. Ids are looked up per session: agent ids and tool_use_ids are
 * only promised to be unique within one.
 */
export class GraphSession {
	readonly root: GraphNode;
	readonly agents = new Map<string, GraphNode>();
	/** By tool_use_id of the launching call. */
	readonly spawns = new Map<string, Spawn>();
	/** Spawns whose agent is not known, each with its stand-in. */
	readonly unbound = new Set<Spawn>();
	/** Agents that started and found no spawn. */
	readonly orphans = new Set<GraphNode>();
	/** Calls that are open, shown or not sure to be whose they seem, by tool_use_id. */
	readonly calls = new Map<string, ToolCall>();
	/** All other calls. */
	readonly settled = new SettledCalls();
	readonly usage = new UsageLedger();
	/** Stops that named no type and no known agent, by agent id. */
	readonly phantoms = new Map<string, AgentStopEvent>();
	/**
	 * Records of calls put away, to be used again: new ones for every call of a long log are what
	 * outlives collections, and that makes V8 enlarge its nursery, up to 64 MB.
	 */
	readonly #spareCalls: ToolCall[] = [];
	readonly changes: Changes;
	/** When the client last reminded of an open question, ms since the epoch; 0 where it never has. */
	remindedAt = 0;
	/** Events seen, which numbers them. */
	eventCount = 0;

	constructor(id: string, ts: number, changes: Changes) {
		this.changes = changes;
		this.root = new GraphNode(changes.nextKey(), "session", id, null, ts, 0);
		changes.touch(this.root);
	}

	*nodes(): Generator<GraphNode> {
		yield this.root;
		yield* this.agents.values();
		for (const { provisional } of this.unbound) {
			if (provisional !== null) yield provisional;
		}
	}

	newAgent(id: string, ts: number): GraphNode {
		const key = this.changes.nextKey();
		const node = new GraphNode(key, "agent", id, this.root, ts, this.eventCount);
		this.changes.touch(node);
		return node;
	}

	/** The agent of that id, made when this is the first that is heard of it. */
	agent(id: string, ts: number): GraphNode {
		let node = this.agents.get(id);
		if (node === undefined) {
			node = this.newAgent(id, ts);
			this.agents.set(id, node);
			this.#recallPhantom(node);
		}
		return node;
	}

	/** Resolves any id an event may act under: an agent's, a spawn's, or none for the session. */
	actor(id: string, ts: number): GraphNode {
		if (id === "" || id === this.root.id) return this.root;
		return this.agents.get(id) ?? this.bySpawn(id) ?? this.agent(id, ts);
	}

	/** The node that a launching call's id stands for. */
	bySpawn(id: string): GraphNode | null {
		const spawn = this.spawns.get(id);
		return spawn === undefined ? null : (spawn.agent ?? spawn.provisional);
	}

	end(node: GraphNode, phase: "done" | "lost", ts: number, reason: LossReason | null = null): void {
		node.end(phase, ts, reason);
		this.changes.finished.add(node, this);
	}

	/** An open call of a v2 line without particulars. */
	newCall(id: string, owner: GraphNode, startedAt: number): ToolCall {
		let call = this.#spareCalls.pop();
		if (call === undefined) {
			call = {
				id,
				tool: "",
				detail: "",
				startedAt,
				durationMs: null,
				success: null,
				errorClass: "",
				version: 2,
				owner,
			};
		} else {
			call.id = id;
			call.owner = owner;
			call.startedAt = startedAt;
			call.durationMs = null;
			call.success = null;
			call.errorClass = "";
		}
		this.calls.set(id, call);
		return call;
	}

	/** A call is no longer shown: if nothing can become of it any more, its id is all to keep. */
	putAway(call: ToolCall): void {
		if (call.success === null || call.version === 1) return;
		if (!this.calls.delete(call.id)) return;
		this.settled.add(call.id, call.owner);
		this.#spareCalls.push(call);
	}

	/** No single call of a node is shown any longer. */
	putAwayCalls(node: GraphNode): void {
		for (const call of node.ledger.forgetRecent()) this.putAway(call);
	}

	/** A stop dropped as a phantom was real after all: the agent had ended before it was known. */
	#recallPhantom(node: GraphNode): void {
		const stop = this.phantoms.get(node.id);
		if (stop === undefined) return;
		this.phantoms.delete(node.id);
		node.lives.endsAt(stop.origin, stop.ts);
		node.isStartOverdue = true;
		node.outcome = stop.outcome;
		node.stubs = stop.stubs;
		this.end(node, "done", stop.ts);
	}
}
