import { Facts } from "../facts.ts";
import { HookWriter } from "./hookWriter.ts";
import { Random } from "./random.ts";
import type { TranscriptFile } from "./transcriptFile.ts";
import { World } from "./world.ts";

/** What the hooks of a history are like; chosen by the seed where nothing is said. */
export interface HistoryOptions {
	/** 2: each hook writes its line twice. */
	readonly installations?: 1 | 2;
	/** Whether hooks of version 1 are installed beside the new ones. */
	readonly hasV1?: boolean;
	/** Lines of the log after which the history breaks off, wherever it is. */
	readonly breaksOffAfter?: number;
}

const START = Date.UTC(2026, 0, 1, 10);

/** What all parts of one simulated history share. */
export class Simulation {
	readonly world = new World(START);
	readonly random: Random;
	readonly hooks: HookWriter;
	readonly facts = new Facts();
	readonly story: string[] = [];
	readonly files: TranscriptFile[] = [];
	/** Lines of the log after which it breaks off. */
	readonly length: number;
	/** More than 0 while something is half done that nobody could make sense of. */
	unsettled = 0;
	#ids = 0;

	constructor(seed: number, options: HistoryOptions) {
		const random = new Random(seed);
		const isDoubled = options.installations === 2 || random.chance(0.25);
		const isMixed = random.chance(0.25);
		const length = random.chance(0.5) ? random.whole(4, 160) : Number.POSITIVE_INFINITY;
		this.random = random;
		this.hooks = new HookWriter(this.world, random, {
			installations: options.installations ?? (isDoubled ? 2 : 1),
			hasV1: options.hasV1 ?? isMixed,
			isWaitedForByCalls: random.chance(0.3),
		});
		this.length = options.breaksOffAfter ?? length;
	}

	/** An id as the client makes them for calls. */
	newCallId(): string {
		this.#ids++;
		return `toolu_${String(this.#ids).padStart(4, "0")}${this.random.hex(6)}`;
	}

	newMessageId(): string {
		this.#ids++;
		return `msg_${this.#ids}`;
	}

	newAgentId(): string {
		return `a${this.random.hex(16)}`;
	}

	/** How long the model takes to answer, ms. Never less than hooks overtake each other by. */
	get answerGap(): number {
		return this.random.gap(150, 12_000);
	}

	tell(text: string): void {
		this.story.push(`${new Date(this.world.now).toISOString().slice(11, 23)} ${text}`);
	}

	run(): void {
		const isEnough = () => this.hooks.lines.length >= this.length && this.unsettled === 0;
		this.world.run(isEnough);
	}
}
