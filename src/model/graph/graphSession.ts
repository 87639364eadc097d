import { bindLaunches } from "../agents/bindLaunches.ts";
import type { Fact } from "../agents/facts.ts";
import { SettledCalls } from "../calls/settledCalls.ts";
import { UsageLedger } from "../usage/usageLedger.ts";
import type { Changes } from "./changes.ts";
import { GraphNode, isYounger, type OpenCall } from "./graphNode.ts";

/**
 * One session and everything in it. Ids are looked up per session: agent ids and tool_use_ids are
 * only promised to be unique within one.
 */
export class GraphSession {
	readonly root: GraphNode;
	readonly agents = new Map<string, GraphNode>();
	/** By tool_use_id of the launching call. */
	readonly launches = new Map<string, GraphNode>();
	/** Launches and started agents of which nothing says for certain to whom they belong. */
	readonly #freeLaunches = new Set<GraphNode>();
	readonly #freeAgents = new Set<GraphNode>();
	#isGuessDue = false;
	/** All that have an id, in the order of appearance. */
	readonly #all: GraphNode[];
	/** By tool_use_id. */
	readonly calls = new Map<string, OpenCall>();
	/** All other calls. */
	readonly settled = new SettledCalls<GraphNode>();
	readonly usage = new UsageLedger<GraphNode>();
	/** Stops that named no type and no known agent, by agent id. */
	readonly phantoms = new Map<string, Fact>();
	/**
	 * Records of calls put away, to be used again: new ones for every call of a long log are what
	 * outlives collections, and that makes V8 enlarge its nursery, up to 64 MB.
	 */
	readonly #spareCalls: OpenCall[] = [];
	readonly changes: Changes;
	/** When the client last reminded of an open question, ms since the epoch; 0 where it never has. */
	remindedAt = 0;

	constructor(id: string, changes: Changes) {
		this.changes = changes;
		this.root = new GraphNode(changes.nextKey(), "session", id, null, 0);
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

	/** Something is known of a launch, or of the start of an agent, that may tell whose it is. */
	seekPartner(node: GraphNode): void {
		if (node.kind === "launch" && node.agent === null) this.#freeLaunches.add(node);
		if (node.kind === "agent" && !isLaunched(node)) this.#freeAgents.add(node);
		this.#isGuessDue = true;
		this.changes.touch(node.shownBy);
	}

	/** Launch and agent belong together for certain. Of two agents that one call names, one counts. */
	link(launch: GraphNode, agent: GraphNode): void {
		const before = launch.agent;
		if (before === agent || (before !== null && before.id > agent.id)) return;
		this.#forgetGuess(launch);
		this.#freeLaunches.delete(launch);
		launch.agent = agent;
		if (before !== null) before.links = before.links.filter((each) => each !== launch);
		agent.links = [...agent.links, launch];
		if (before !== null) this.#showTogether(before);
		this.#settle(agent);
	}

	/** Guesses what is not known for certain, anew from all that is known now. */
	bind(): void {
		if (!this.#isGuessDue) return;
		this.#isGuessDue = false;
		if (this.#freeAgents.size === 0) return;
		const launches = [...this.#freeLaunches].flatMap(freeLaunchOf);
		const agents = [...this.#freeAgents].map((node) => ({
			id: node.id,
			at: startOf(node),
			type: node.ownType,
		}));
		const bound = bindLaunches(launches, agents);
		const changed = [...this.#freeAgents].filter(
			(agent) => agent.guess !== (bound.get(agent.id)?.node ?? null),
		);
		for (const agent of changed) this.#forgetGuess(agent);
		for (const agent of changed) {
			const launch = bound.get(agent.id)?.node ?? null;
			agent.guess = launch;
			if (launch !== null) launch.guess = agent;
			this.#showTogether(agent);
		}
	}

	/** Launches of a node that no agent is known of, and that may wait to be allowed; newest first. */
	pendingLaunches(caller: GraphNode): string[] {
		this.bind();
		return [...this.#freeLaunches]
			.filter(({ guess, request }) => guess === null && request?.caller === caller)
			.filter(({ shownBy }) => shownBy.isAlive)
			.map(({ id }) => id)
			.reverse();
	}

	/** Takes note of what a launching call asked for. */
	ask(launch: GraphNode, request: NonNullable<GraphNode["request"]>): void {
		const known = launch.request;
		const isBetter =
			known === null ||
			request.v > known.v ||
			(request.v === known.v && request.ts !== 0 && (known.ts === 0 || request.ts < known.ts));
		if (isBetter) {
			launch.request = { ...request, ts: request.ts || (known?.ts ?? 0) };
			const { caller } = request;
			if (caller.kind !== "session") caller.launched = [...caller.launched, launch];
		}
		if (launch.agent !== null) this.#settle(launch.agent);
		else this.seekPartner(launch);
	}

	/** Something more is known for certain of what launched an agent. */
	#settle(agent: GraphNode): void {
		this.#isGuessDue = true;
		if (isLaunched(agent)) {
			this.#forgetGuess(agent);
			this.#freeAgents.delete(agent);
		}
		this.#showTogether(agent);
	}

	/** A node may have ended: its single calls are not shown for ever. */
	noteEnd(node: GraphNode): void {
		const { shownBy } = node;
		if (shownBy.isAlive) return;
		for (const part of shownBy.parts) part.waits.clear();
		this.changes.finished.add(shownBy, () => {
			for (const part of shownBy.parts) this.#putAwayCalls(part);
		});
	}

	/** An open call of a v2 line without particulars. */
	newCall(id: string, owner: GraphNode, startedAt: number): OpenCall {
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
				durationFrom: null,
				owner,
			};
		} else {
			call.id = id;
			call.owner = owner;
			call.startedAt = startedAt;
			call.durationMs = null;
			call.success = null;
			call.errorClass = "";
			call.durationFrom = null;
		}
		this.calls.set(id, call);
		return call;
	}

	hasCall(id: string): boolean {
		return this.calls.has(id) || this.settled.ownerOf(id) !== null;
	}

	/** A call that only v1 told of was another session's. */
	dropCall(id: string): void {
		const call = this.calls.get(id);
		if (call?.version !== 1) return;
		call.owner.ledger.take(call);
		this.calls.delete(id);
		this.changes.touch(call.owner);
	}

	/** A call is no longer shown: if nothing can become of it any more, its id is all to keep. */
	putAway(call: OpenCall): void {
		if (call.success === null || call.version === 1) return;
		if (!this.calls.delete(call.id)) return;
		this.settled.add(call.id, call.owner);
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

	#forgetGuess(node: GraphNode): void {
		const partner = node.guess;
		if (partner === null) return;
		node.guess = null;
		partner.guess = null;
		for (const each of [node, partner]) {
			if (each.kind === "agent") this.#showTogether(each);
			else this.#show([each]);
		}
	}

	/** An agent and all that launched it are one node. */
	#showTogether(agent: GraphNode): void {
		const launches = agent.guess === null ? agent.links : [agent.guess, ...agent.links];
		const asked = launches.filter(({ request }) => request !== null);
		const others = launches.filter(({ request }) => request === null);
		asked.sort((a, b) => (isYounger(a, b) ? 1 : -1));
		this.#show([agent, ...asked, ...others]);
	}

	#show(parts: readonly GraphNode[]): void {
		for (const part of parts) {
			for (const left of part.shownBy.parts) if (!parts.includes(left)) this.#showAlone(left);
		}
		const shown = this.#firstOf(parts);
		for (const part of parts) {
			// Whatever hangs from it hangs from another key now.
			if (part.shownBy !== shown) for (const below of part.launched) this.changes.touch(below);
			part.shownBy = shown;
			part.parts = [];
			part.launches = [];
			if (part !== shown) this.changes.hide(part);
		}
		shown.parts = parts;
		shown.launches = parts.filter(({ kind }) => kind === "launch");
		shown.lifeChanged();
		this.changes.touch(shown);
	}

	#showAlone(node: GraphNode): void {
		for (const below of node.launched) this.changes.touch(below);
		node.parts = [node];
		node.shownBy = node;
		node.launches = node.kind === "launch" ? [node] : [];
		node.lifeChanged();
		this.changes.touch(node);
	}

	#firstOf(parts: readonly GraphNode[]): GraphNode {
		return parts.reduce((first, each) => (each.number < first.number ? each : first));
	}
}

/** Whether a call is known to have launched an agent: a report may name the message that resumed it. */
function isLaunched({ links }: GraphNode): boolean {
	return links.some(({ request }) => request !== null);
}

function freeLaunchOf(node: GraphNode) {
	const { request, told } = node;
	if (request === null) return [];
	const launch = {
		node,
		id: node.id,
		at: request.ts,
		type: request.agentType,
		caller: request.caller.kind === "session" ? "" : request.caller.id,
		failedAt: told.find(({ status }) => status.startsWith("launch:"))?.at ?? null,
	};
	return [launch];
}

/** When a hook first told that an agent started. */
function startOf({ told, firstHeardAt }: GraphNode): number {
	return told.find(({ kind, by }) => kind === "start" && by === "hook")?.at ?? firstHeardAt;
}
