import { parseLine } from "../../../src/ingest/eventLog/parseLine.ts";
import type { AgentEvent } from "../../../src/model/events/events.ts";
import { LiveGraph } from "../../../src/model/graph/liveGraph.ts";
import type { RecordedMessage } from "../../../src/protocol/messages.ts";
import { EventLog } from "../log/eventLog.ts";
import type { BrowserPage } from "./browserPage.ts";

/** A session as its host knows it: what was told, and the live graph of that. */
export class ToldSession {
	readonly graph = new LiveGraph({ keyPrefix: "g1n" });
	readonly log = new EventLog();
	readonly events: AgentEvent[] = [];
	#told = 0;

	/** Tells what the log has got since. */
	tell(): AgentEvent[] {
		const fresh = this.log.events.slice(this.#told).map((event) => {
			const read = parseLine(JSON.stringify(event));
			if (typeof read === "string") throw new Error(read);
			return read;
		});
		this.#told = this.log.events.length;
		for (const event of fresh) this.graph.apply(event);
		this.events.push(...fresh);
		return fresh;
	}

	get from(): number {
		return this.events[0]?.ts ?? 0;
	}

	get until(): number {
		return this.events.at(-1)?.ts ?? 0;
	}

	recorded(events = this.events, isFirst = true): RecordedMessage {
		return { type: "recorded", session: this.log.session, events, isFirst, isWhole: true };
	}

	/** Shows it live, at the moment of the last thing told. */
	async show(page: BrowserPage): Promise<void> {
		page.hostNow = this.until;
		this.graph.takePatch();
		const { nodes, counters } = this.graph.snapshot();
		await page.snapshot(nodes, { counters });
	}

	/** Three agents, one after the other: the first fails, the second is done, the third works. */
	static story(): ToldSession {
		const told = new ToldSession();
		const { log } = told;
		log.add("session_start").add("prompt");
		for (const [number, type] of ["Explore", "Plan", "test-writer"].entries()) {
			const [agent, launch] = [`a${number + 1}`, `toolu_${number + 1}`];
			log.spawn(launch, type, { model: "sonnet" }).start(agent, type).link(launch, agent);
			for (let call = 0; call < 4; call++) {
				const id = `toolu_${number + 1}${call}`;
				log.use(id, agent, "Bash").result(id, agent, !(number === 0 && call === 3), "Bash");
			}
			if (number < 2) log.stop(agent, type, number === 0 ? "fail" : "functional");
		}
		told.tell();
		return told;
	}
}
