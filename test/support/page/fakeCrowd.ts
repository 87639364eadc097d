import type { NodeView } from "../../../src/model/views/view.ts";
import { agentView, START, sessionView } from "./fakeViews.ts";

const KINDS = [
	[
		"Explore",
		"claude-haiku-4-5",
		["call sites", "where is retry handled?", "find the config loader"],
	],
	["general-purpose", "claude-sonnet-5", ["migrate the parser", "docs", "port the date helpers"]],
	["architect", "claude-opus-4-8", ["review the schema", "plan the rollout"]],
	["test-writer", "claude-sonnet-5", ["property tests", "cover the error paths"]],
	["runner", "claude-sonnet-5", ["cargo test", "npm run bench"]],
	["linter", "", ["style of changed files"]],
] as const;

/** The mulberry32 recurrence: the same crowd in every run. */
export function random(seed: number): () => number {
	let state = seed >>> 0;
	return () => {
		state = (state + 0x6d2b79f5) >>> 0;
		let bits = Math.imul(state ^ (state >>> 15), state | 1);
		bits ^= bits + Math.imul(bits ^ (bits >>> 7), bits | 61);
		return ((bits ^ (bits >>> 14)) >>> 0) / 2 ** 32;
	};
}

/** One more agent below a random node of the list, rarely more than three levels deep. */
export function anotherAgent(nodes: readonly NodeView[], next: () => number): NodeView {
	const session = nodes.find((node) => node.kind === "session") ?? sessionView("s1");
	const candidates = nodes.filter((node) => node.kind === "agent" && node.state === "running");
	const nested = next() < 0.35 ? candidates[Math.floor(next() * candidates.length)] : undefined;
	const [type, model, tasks] = KINDS[Math.floor(next() * KINDS.length)] ?? KINDS[0];
	return agentView(`a${nodes.length}`, {
		session: nested?.session ?? session.session,
		parent: nested?.key ?? session.key,
		type,
		model,
		description: tasks[Math.floor(next() * tasks.length)] ?? "",
		calls: Math.floor(next() ** 2 * 60),
		startedAt: START - Math.floor(next() * 240_000),
	});
}

/** Sessions with so many agents in all, all at work. */
export function crowd(agents: number, sessions = 1, seed = 7): NodeView[] {
	const next = random(seed);
	const folders = ["billing-service", "web-app", "infrastructure", "data-pipeline"];
	const nodes: NodeView[] = [];
	for (let i = 0; i < sessions; i++) {
		const own: NodeView[] = [
			sessionView(`s${i + 1}`, {
				folder: folders[i % folders.length] ?? "project",
				startedAt: START - 600_000 + i,
				calls: 12,
			}),
		];
		const count = Math.floor(agents / sessions) + (i < agents % sessions ? 1 : 0);
		for (let j = 0; j < count; j++) {
			own.push({ ...anotherAgent(own, next), key: `s${i + 1}-a${j}` });
		}
		nodes.push(...own);
	}
	return nodes;
}
