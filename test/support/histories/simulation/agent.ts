import type { AgentFacts, Fact } from "../facts.ts";
import { Actor } from "./actor.ts";
import { type Ended, endOf } from "./ending.ts";
import type { ClientProcess } from "./hookWriter.ts";
import type { Simulation } from "./simulation.ts";
import { TranscriptFile } from "./transcriptFile.ts";
import { Latch, type Steps, type Task } from "./world.ts";

/** How long an agent that was stopped and resumed has had at least between its two starts, ms. */
const LIFE_MS = 1100;

/** Whoever hears of agents in the background. */
export interface Audience {
	hearOf(agent: Agent, status: string, fact: Fact): void;
}

/** What an agent does in one of its lives between its prompt and its end; made by its author. */
export type Work = (actor: Actor) => Steps;

/** Where a life takes place. */
export interface Place {
	readonly isInBackground: boolean;
	readonly work: Work;
	/** Who hears of its end beside its launch; null for nobody. */
	readonly audience: Audience | null;
	/** With which it is cancelled; null for its process. */
	readonly parent: Task | null;
}

/** An agent that has started at least once. */
export class Agent {
	readonly simulation: Simulation;
	readonly facts: AgentFacts;
	readonly id: string;
	readonly description: string;
	readonly depth: number;
	readonly file: TranscriptFile;
	/** Of the present life, or the last one. */
	actor: Actor | null = null;
	client: ClientProcess;
	isRunning = false;
	/** It has said its last words, and not everybody has heard of that. */
	isEnding = false;
	isInBackground = false;
	/** The call that its life began with: a launch, or a message that resumed it. */
	lifeId = "";
	/** Messages that wait until the model is asked next. */
	readonly inbox: string[] = [];
	over = new Latch();
	ended: Ended | null = null;
	#task: Task | null = null;
	#startedAt = 0;

	constructor(
		simulation: Simulation,
		client: ClientProcess,
		facts: AgentFacts,
		depth: number,
		description: string,
	) {
		this.simulation = simulation;
		this.client = client;
		this.facts = facts;
		this.depth = depth;
		this.description = description;
		this.id = simulation.newAgentId();
		this.file = new TranscriptFile(simulation.world, client.session, this.id, client.cwd);
		simulation.files.push(this.file);
		facts.id = this.id;
	}

	/** How long it has to run on until it may be stopped, or resumed; ms. */
	get youth(): number {
		return Math.max(0, LIFE_MS - (this.simulation.world.now - this.#startedAt));
	}

	get canBeStopped(): boolean {
		const { actor } = this;
		if (actor === null || !this.isRunning || this.isEnding || !this.isInBackground) return false;
		// Those that it has started in the background go on without it.
		const open = actor.openLaunches.size + actor.returning;
		return open === 0 && this.youth === 0;
	}

	/** @param begin writes the line that begins the life, and says when */
	live(
		client: ClientProcess,
		lifeId: string,
		begin: (file: TranscriptFile) => number,
		place: Place,
	): void {
		const { simulation, file, facts, depth } = this;
		const { world } = simulation;
		this.client = client;
		this.lifeId = lifeId;
		this.isInBackground = place.isInBackground;
		this.isRunning = true;
		this.inbox.length = 0;
		this.over = new Latch();
		this.#startedAt = world.now;
		const actor = new Actor(simulation, client, file, this.id, depth);
		this.actor = actor;
		const begun = facts.begin(begin(file));
		begun.tell("transcript");
		this.#task = world.start(this.#steps(actor, begun, place), place.parent);
		actor.task = this.#task;
	}

	/** What it is told while it works, it reads before it asks the model next. */
	readInbox(): void {
		for (const text of this.inbox.splice(0)) this.file.user(text, FROM_COORDINATOR);
	}

	/** Someone stopped it. @returns the end that this is */
	stop(isByUser: boolean): void {
		this.#task?.cancel();
		this.actor?.cutOff(isByUser);
		this.isRunning = false;
		this.over.open();
	}

	/** Its process is gone. */
	vanish(): void {
		this.#task?.cancel();
		this.isRunning = false;
		this.isEnding = false;
	}

	*#steps(actor: Actor, begun: Fact, { work, audience, isInBackground }: Place): Steps {
		const { simulation, client, facts } = this;
		const { hooks, random } = simulation;
		yield hooks.write(client, {
			agent: this.id,
			lines: [{ event: "agent_start", agent_type: facts.type }],
			isWaitedFor: true,
			told: () => begun.tell("hook"),
		});
		yield* work(actor);
		client.waitedFor++;
		this.isEnding = true;
		const isHeard = !isInBackground || audience !== null;
		const ended = yield* endOf(this, isHeard);
		this.ended = ended;
		simulation.tell(`${this.id} ends: ${ended.way}, ${ended.words.outcome ?? "no outcome"}`);
		if (audience !== null) {
			yield random.whole(25, 80);
			audience.hearOf(this, ended.way === "apiError" ? "failed" : "completed", ended.fact);
		}
		// In the foreground its launch is still to come back.
		if (isInBackground) client.waitedFor--;
		this.isEnding = false;
		this.over.open();
	}
}

const FROM_COORDINATOR = { isMeta: true, origin: { kind: "coordinator" } };
