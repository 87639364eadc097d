import assert from "node:assert/strict";
import * as fc from "fast-check";
import { FINISHED_AGENTS_SHOWN } from "../../../../src/model/events/limits.ts";
import { LiveGraph } from "../../../../src/model/graph/liveGraph.ts";
import { GraphMirror } from "../../../../src/model/views/graphMirror.ts";
import { applyLine } from "../../../support/log/applyLine.ts";
import { EventLog } from "../../../support/log/eventLog.ts";

const AGENTS = FINISHED_AGENTS_SHOWN + 150;

/** Agents one after the other; each is launched by one that lives, or by the orchestrator. */
function busyHour(choices: readonly number[]): Record<string, unknown>[] {
	const log = new EventLog().add("session_start");
	const living: string[] = [];
	for (let index = 0; index < AGENTS; index++) {
		const choice = choices[index % choices.length] ?? 0;
		const [agent, launch] = [`a${index}`, `t${index}`];
		log.spawn(launch, "Explore", { parent_id: living[choice % (living.length + 1)] ?? null });
		log.start(agent, "Explore").link(launch, agent);
		living.push(agent);
		log.use(`c${index}`, agent).result(`c${index}`, agent);
		while (living.length > 1 + (choice % 5)) {
			const [ended = ""] = living.splice(choice % living.length, 1);
			log.stop(ended, "Explore", "functional");
		}
	}
	return log.events;
}

describe("What ended long ago", () => {
	it("is taken back from whoever was told of it, so that patches tell what a snapshot does", () => {
		fc.assert(
			fc.property(
				fc.array(fc.nat(40), { minLength: 1, maxLength: 30 }),
				fc.infiniteStream(fc.nat(20)),
				(choices, takes) => {
					const graph = new LiveGraph();
					const mirror = new GraphMirror();
					const take = () => {
						const patch = graph.takePatch();
						if (patch !== null) mirror.apply(patch);
					};
					for (const event of busyHour(choices)) {
						applyLine(graph, JSON.stringify(event));
						if (takes.next().value === 0) take();
					}
					take();
					const keysOf = (nodes: Iterable<{ key: string }>) =>
						[...nodes].map(({ key }) => key).sort();
					assert.deepEqual(keysOf(mirror.nodes.values()), keysOf(graph.snapshot().nodes));
					for (const node of graph.snapshot().nodes) {
						assert.deepEqual(mirror.nodes.get(node.key), node);
					}
				},
			),
			{ numRuns: 25 },
		);
	});

	it("is told again, with all that it hangs from, when it goes on", () => {
		const log = new EventLog().add("session_start");
		log.spawn("t-old", "Explore").start("old", "Explore").link("t-old", "old");
		log
			.spawn("t-below", "Explore", { parent_id: "old" })
			.start("below", "Explore")
			.link("t-below", "below");
		log.stop("below", "Explore", "functional").stop("old", "Explore", "functional");
		const graph = new LiveGraph();
		const mirror = new GraphMirror();
		const read = (events: readonly object[]) => {
			for (const event of events) applyLine(graph, JSON.stringify(event));
			const patch = graph.takePatch();
			if (patch !== null) mirror.apply(patch);
		};
		const known = () => [...mirror.nodes.values()].map(({ id }) => id);
		read(log.events);
		assert.ok(known().includes("below") && known().includes("old"));
		let seen = log.events.length;
		for (let index = 0; index < FINISHED_AGENTS_SHOWN; index++) {
			log.start(`a${index}`, "Explore").stop(`a${index}`, "Explore", "functional");
		}
		read(log.events.slice(seen));
		assert.ok(!known().includes("below") && !known().includes("old"));
		seen = log.events.length;
		log.start("below", "Explore");
		read(log.events.slice(seen));
		const below = [...mirror.nodes.values()].find(({ id }) => id === "below");
		assert.equal(mirror.nodes.get(below?.parent ?? "")?.id, "old");
	});
});
