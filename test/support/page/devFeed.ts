import type { GraphPatch, NodeView, Outcome, Pulse } from "../../../src/model/views/view.ts";
import { type HostMessage, PROTOCOL_VERSION } from "../../../src/protocol/messages.ts";
import { anotherAgent, crowd, random } from "./fakeCrowd.ts";
import { countersOf } from "./fakeViews.ts";

const TOOLS = ["Bash", "Read", "Edit", "Grep", "Write", "WebFetch"];
const OUTCOMES: readonly (Outcome | null)[] = [
	"functional",
	"partial",
	"scaffolding",
	"fail",
	null,
];
const STEP_MS = 250;

/** Plays agents that come, work, wait and end, around a steady number of them. */
class DevFeed {
	readonly #wanted: number;
	readonly #next = random(11);
	readonly #nodes = new Map<string, NodeView>();
	#seq = 1;
	#spawned = 0;

	constructor(wanted: number) {
		this.#wanted = wanted;
	}

	start(): void {
		const nodes = this.#wanted === 0 ? [] : crowd(this.#wanted, this.#wanted > 50 ? 3 : 1);
		for (const node of nodes)
			this.#nodes.set(node.key, { ...node, startedAt: Date.now() - 60_000 });
		const graph = { nodes: [...this.#nodes.values()], counters: countersOf(nodes) };
		const now = Date.now();
		send({ type: "snapshot", protocol: PROTOCOL_VERSION, seq: this.#seq, now, graph });
		const status = {
			connection: "connected",
			source: "demo",
			message: "",
			phase: "live",
			areHooksReady: false,
		} as const;
		send({ type: "status", status });
		if (this.#wanted > 0) setInterval(() => this.#step(), STEP_MS);
	}

	#step(): void {
		const agents = this.#agents();
		const upserts: NodeView[] = [];
		const pulses: Pulse[] = [];
		const calls = 1 + Math.floor(agents.length / 20);
		for (let i = 0; i < calls; i++) this.#call(this.#pick(agents), upserts, pulses);
		if (agents.length < this.#wanted && this.#next() < 0.6) upserts.push(this.#spawn());
		if (agents.length > 0 && this.#next() < 0.15) upserts.push(this.#end(this.#pick(agents)));
		this.#post(upserts, pulses);
	}

	#agents(): NodeView[] {
		return [...this.#nodes.values()].filter(
			({ kind, state }) => kind === "agent" && state !== "done" && state !== "lost",
		);
	}

	#pick(agents: readonly NodeView[]): NodeView {
		const node = agents[Math.floor(this.#next() * agents.length)];
		return node ?? ([...this.#nodes.values()][0] as NodeView);
	}

	#call(node: NodeView, upserts: NodeView[], pulses: Pulse[]): void {
		const tool = TOOLS[Math.floor(this.#next() * TOOLS.length)] ?? "Bash";
		const isFailure = this.#next() < 0.04;
		const isWaiting = node.waiting === null && this.#next() < 0.03;
		pulses.push({ key: node.key, tool, kind: isFailure ? "failure" : "start" });
		upserts.push({
			...node,
			calls: node.calls + 1,
			failures: node.failures + (isFailure ? 1 : 0),
			state: isWaiting ? "waiting" : "running",
			waiting: isWaiting ? { since: Date.now(), tool } : null,
		});
	}

	#spawn(): NodeView {
		const key = `dev-${this.#spawned++}`;
		const agent = anotherAgent([...this.#nodes.values()], this.#next);
		return { ...agent, key, id: key, calls: 0, startedAt: Date.now() };
	}

	#end(node: NodeView): NodeView {
		const outcome = OUTCOMES[Math.floor(this.#next() * OUTCOMES.length)] ?? null;
		const state = this.#next() < 0.1 ? "lost" : "done";
		return { ...node, state, outcome, waiting: null, endedAt: Date.now() };
	}

	#post(upserts: readonly NodeView[], pulses: readonly Pulse[]): void {
		for (const node of upserts) this.#nodes.set(node.key, node);
		const counters = countersOf([...this.#nodes.values()], { lastEventAt: Date.now() });
		const patch: GraphPatch = { upserts, removes: [], pulses, counters };
		this.#seq++;
		send({ type: "patch", seq: this.#seq, now: Date.now(), patch });
	}
}

function send(message: HostMessage): void {
	window.dispatchEvent(new MessageEvent("message", { data: message }));
}

const wanted = Number(new URL(location.href).searchParams.get("agents") ?? 8);
addEventListener("load", () => new DevFeed(wanted).start());
