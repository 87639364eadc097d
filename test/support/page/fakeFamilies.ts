import type { NodeView } from "../../../src/model/views/view.ts";
import { anotherAgent, random } from "./fakeCrowd.ts";
import { START, sessionView } from "./fakeViews.ts";

/** Levels of agents below the session. */
const DEEPEST = 4;

/**
 * A session with so many agents in order of launch, nested four deep, some with large families,
 * one in eleven waiting.
 */
export function families(agents: number, seed = 11): NodeView[] {
	const next = random(seed);
	const nodes = [sessionView("s1", { startedAt: START - 600_000, calls: 12 })];
	const depths = new Map([["s1", 0]]);
	for (let i = 0; i < agents; i++) {
		const parent = parentFor(nodes, depths, next);
		const isWaiting = i % 11 === 7;
		const key = `a${i}`;
		depths.set(key, (depths.get(parent) ?? 0) + 1);
		nodes.push({
			...anotherAgent(nodes, next),
			key,
			id: `agent-${key}`,
			parent,
			startedAt: START - 300_000 + i * 400,
			state: isWaiting ? "waiting" : "running",
			waiting: isWaiting ? { since: START - 9000 - i * 100, tool: "Bash" } : null,
		});
	}
	return nodes;
}

/** Whoever has launched before is the likelier to do so again, so that families grow. */
function parentFor(
	nodes: readonly NodeView[],
	depths: ReadonlyMap<string, number>,
	next: () => number,
): string {
	if (next() < 0.42) return "s1";
	const drawn = nodes[Math.floor(next() * nodes.length)];
	const hasLaunched = next() < 0.6 && drawn?.parent != null;
	const key = (hasLaunched ? drawn.parent : drawn?.key) ?? "s1";
	return (depths.get(key) ?? 0) < DEEPEST ? key : "s1";
}
