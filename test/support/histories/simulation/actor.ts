import type { CallFacts } from "../facts.ts";
import type { ClientProcess } from "./hookWriter.ts";
import type { Simulation } from "./simulation.ts";
import type { TranscriptFile } from "./transcriptFile.ts";
import type { Steps, Task } from "./world.ts";

/** A part of a message that calls something. */
export interface Block {
	readonly id: string;
	readonly name: string;
	readonly input: object;
	/** @param at when the transcript said so */
	written(at: number): void;
	run(): Steps;
}

/** A launch as whoever made it sees it: something that may be cut off. */
export interface OpenLaunch {
	cutOff(): void;
	/** The session went on without it. */
	answerLate(): void;
}

/** Whoever talks with the model and makes calls: an orchestrator, or an agent in one of its lives. */
export class Actor {
	readonly simulation: Simulation;
	readonly client: ClientProcess;
	readonly file: TranscriptFile;
	/** null for the orchestrator */
	readonly agent: string | null;
	readonly depth: number;
	/** Set as soon as it is at work. */
	task: Task | null = null;
	/** The message that it is at, where that may be interrupted as a whole. */
	step: Task | null = null;
	readonly openCalls = new Map<string, CallFacts>();
	readonly openLaunches = new Map<string, OpenLaunch>();
	/** Calls that have ended, and whose hooks are waited for. */
	returning = 0;
	/** Its agents in the background that are still at work. */
	backgroundAgents = 0;

	constructor(
		simulation: Simulation,
		client: ClientProcess,
		file: TranscriptFile,
		agent: string | null,
		depth: number,
	) {
		this.simulation = simulation;
		this.client = client;
		this.file = file;
		this.agent = agent;
		this.depth = depth;
	}

	get name(): string {
		return this.agent ?? `orchestrator of ${this.client.session}`;
	}

	/** One message of the model, and all that it calls, to the end. */
	*perform(blocks: readonly Block[]): Steps {
		const { simulation, file } = this;
		const { world, random } = simulation;
		const message = simulation.newMessageId();
		for (const block of blocks) {
			yield random.whole(1, 8);
			const { id, name, input } = block;
			block.written(file.says(message, { type: "tool_use", id, name, input }, "tool_use"));
		}
		const running = blocks.map((block) => world.start(block.run(), this.step ?? this.task));
		for (const { done } of running) yield done;
	}

	/** Someone stopped it in the middle of what it did. */
	cutOff(isByUser: boolean): void {
		const { simulation, client, file, openCalls, openLaunches } = this;
		const hasOpenCalls = openCalls.size + openLaunches.size > 0;
		for (const launch of openLaunches.values()) launch.cutOff();
		for (const [id, call] of openCalls) {
			const result = call.end(file.rejection(id), "interrupted");
			result.tell("transcript");
			// The client tells its hooks of a call that a person interrupted, of no call that died with
			// its agent.
			if (!isByUser || simulation.random.chance(0.5)) continue;
			const failure = { success: false, error_class: "interrupted", interrupted: true };
			simulation.hooks.write(client, {
				agent: this.agent,
				lines: [{ event: "tool_result", id, tool: call.tool, duration_ms: 900, ...failure }],
				isWaitedFor: false,
				told: () => result.tell("hook"),
			});
		}
		openCalls.clear();
		openLaunches.clear();
		file.interruption(hasOpenCalls);
	}
}
