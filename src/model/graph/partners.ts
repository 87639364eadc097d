import { bindLaunches } from "../agents/bindLaunches.ts";
import { failureIn } from "../agents/facts.ts";
import type { Changes } from "./changes.ts";
import { type GraphNode, NONE } from "./graphNode.ts";
import { isYounger } from "./parents.ts";

/**
 * Which launch of a session led to which of its agents, and so which ids are one node. What a link or
 * a file says is certain; the rest is guessed by {@link bindLaunches}, anew whenever more is known.
 */
export class Partners {
	readonly #changes: Changes;
	/** Launches and started agents of which nothing says for certain to whom they belong. */
	readonly #freeLaunches = new FreeNodes();
	readonly #freeAgents = new FreeNodes();
	#isGuessDue = false;

	constructor(changes: Changes) {
		this.#changes = changes;
	}

	/** @param of the node in the copy */
	copy(changes: Changes, of: (node: GraphNode) => GraphNode): Partners {
		const copy = new Partners(changes);
		for (const node of this.#freeLaunches.all) copy.#freeLaunches.add(of(node));
		for (const node of this.#freeAgents.all) copy.#freeAgents.add(of(node));
		copy.#isGuessDue = this.#isGuessDue;
		return copy;
	}

	/** Something is known of a launch, or of the start of an agent, that may tell whose it is. */
	seek(node: GraphNode): void {
		if (node.kind === "launch" && node.agent === null) this.#freeLaunches.add(node);
		if (node.kind === "agent" && !isLaunched(node)) this.#freeAgents.add(node);
		this.#isGuessDue = true;
		this.#changes.touch(node.shownBy);
	}

	/** Launch and agent belong together for certain. Of two agents that one call names, one counts. */
	link(launch: GraphNode, agent: GraphNode): void {
		const before = launch.agent;
		if (before === agent || (before !== null && before.id > agent.id)) return;
		this.#forgetGuess(launch);
		this.#freeLaunches.delete(launch);
		launch.agent = agent;
		if (before !== null) this.#showTogether(before);
		this.#known(agent, launch);
	}

	/** Guesses what is not known for certain, anew from all that is known now. */
	bind(): void {
		if (!this.#isGuessDue) return;
		this.#isGuessDue = false;
		if (this.#freeAgents.all.length === 0) return;
		const launches = this.#freeLaunches.all.flatMap(freeLaunchOf);
		const agents = this.#freeAgents.all.map((node) => ({
			id: node.id,
			at: startOf(node),
			type: node.ownType,
		}));
		const bound = bindLaunches(launches, agents);
		const changed = this.#freeAgents.all.filter(
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
		return this.#freeLaunches.all
			.filter(({ guess, request }) => guess === null && request?.caller === caller)
			.filter(({ shownBy }) => shownBy.isAlive)
			.map(({ id }) => id)
			.reverse();
	}

	/** Takes note of what a launching call asked for. */
	ask(launch: GraphNode, request: Request): void {
		const known = launch.request;
		const isBetter =
			known === null ||
			request.v > known.v ||
			(request.v === known.v && request.ts !== 0 && (known.ts === 0 || request.ts < known.ts));
		if (isBetter) {
			launch.request = withMore(request, known);
			const { caller } = request;
			if (caller.kind !== "session") caller.launched = caller.launched.concat(launch);
		} else launch.request = withMore(known, request);
		if (launch.agent !== null) this.#known(launch.agent, launch);
		else this.seek(launch);
	}

	/** Something is known for certain of a launch of an agent. */
	#known(agent: GraphNode, launch: GraphNode): void {
		this.#isGuessDue = true;
		if (launch.request !== null || isLaunched(agent)) {
			this.#forgetGuess(agent, launch);
			this.#freeAgents.delete(agent);
		}
		this.#showTogether(agent, launch);
	}

	/** @param launch that was linked to the agent just now */
	#forgetGuess(node: GraphNode, launch: GraphNode | null = null): void {
		const partner = node.guess;
		if (partner === null) return;
		node.guess = null;
		partner.guess = null;
		// What is left over of the agent's parts is shown alone.
		this.#showTogether(node.kind === "agent" ? node : partner, launch);
	}

	/** An agent and all that launched it are one node. @param linked that is not shown with it yet */
	#showTogether(agent: GraphNode, linked: GraphNode | null = null): void {
		const links = linksOf(agent);
		const more = [linked, agent.guess].filter((each) => each !== null && !links.includes(each));
		const launches = links.concat(more as GraphNode[]);
		const asked = launches.filter(({ request }) => request !== null);
		const others = launches.filter(({ request }) => request === null);
		asked.sort((a, b) => (isYounger(a, b) ? 1 : -1));
		// Joined, not spread: a spread list keeps room for more, and there are many of these.
		this.#show([agent].concat(asked, others));
	}

	#show(parts: readonly GraphNode[]): void {
		for (const part of parts) {
			for (const left of part.shownBy.parts) if (!parts.includes(left)) this.#showAlone(left);
		}
		const shown = this.#firstOf(parts);
		for (const part of parts) {
			// Whatever hangs from it hangs from another key now.
			if (part.shownBy !== shown) for (const below of part.launched) this.#changes.touch(below);
			part.shownBy = shown;
			part.parts = NONE;
			if (part !== shown) this.#changes.takeBack(part);
		}
		shown.parts = parts;
		shown.lifeChanged();
		this.#changes.touch(shown);
	}

	#showAlone(node: GraphNode): void {
		for (const below of node.launched) this.#changes.touch(below);
		node.parts = [node];
		node.shownBy = node;
		node.lifeChanged();
		this.#changes.touch(node);
	}

	#firstOf(parts: readonly GraphNode[]): GraphNode {
		return parts.reduce((first, each) => (each.number < first.number ? each : first));
	}
}

type Request = NonNullable<GraphNode["request"]>;

/** What a client notes beside an agent may say more of a launch than the call does, but not when it was. */
function withMore(request: Request, other: Request | null): Request {
	if (other === null) return request;
	const description = request.description || (other.v === request.v ? other.description : "");
	return { ...request, description, ts: request.ts || other.ts };
}

/** Whether a call is known to have launched an agent: a report may name the message that resumed it. */
function isLaunched(agent: GraphNode): boolean {
	return linksOf(agent).some(({ request }) => request !== null);
}

/** The launches that are known for certain to be an agent's, as it is shown now. */
function linksOf(agent: GraphNode): GraphNode[] {
	return agent.shownBy.parts.filter((each) => each.agent === agent);
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
		failedAt: failureIn(told)?.at ?? null,
	};
	return [launch];
}

/** When an agent started, by who tells no more than that. */
function startOf({ told, firstHeardAt }: GraphNode): number {
	return told.find(({ kind, by }) => kind === "start" && by !== "transcript")?.at ?? firstHeardAt;
}

/**
 * Nodes in the order in which they were added. Those that go were mostly added last, and a set makes a
 * table anew whenever its last one goes, as every agent does.
 */
class FreeNodes {
	readonly all: GraphNode[] = [];

	add(node: GraphNode): void {
		if (!this.all.includes(node)) this.all.push(node);
	}

	delete(node: GraphNode): void {
		const at = this.all.lastIndexOf(node);
		if (at >= 0) this.all.splice(at, 1);
	}
}
