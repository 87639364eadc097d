import { type Fact, SessionFacts } from "../facts.ts";
import { Actor } from "./actor.ts";
import type { Agent, Audience } from "./agent.ts";
import { ANSWERED_LATE, LATE } from "./failingLaunch.ts";
import { takeOver } from "./fork.ts";
import { ClientProcess } from "./hookWriter.ts";
import { hookLineOf, type Notice, noticeOf } from "./notices.ts";
import type { Simulation } from "./simulation.ts";
import { TranscriptFile } from "./transcriptFile.ts";
import { Latch, type Steps, type Task } from "./world.ts";

/** A session over all its processes: its transcript, its agents, and what it is told of them. */
export class Session implements Audience {
	readonly simulation: Simulation;
	readonly id: string;
	readonly cwd: string;
	readonly facts: SessionFacts;
	readonly file: TranscriptFile;
	readonly agents: Agent[] = [];
	/** Where the first line of its transcript is to be that of another session's. */
	readonly forkedFrom: Session | null;
	client: ClientProcess;
	actor: Actor;
	readonly queue: Notice[] = [];
	/** It listens, and a turn begins as soon as it is told something. */
	isIdle = false;
	/** A turn that a report has begun. */
	begun: { readonly notice: Notice; readonly turn: Fact } | null = null;
	wake = new Latch();
	/** The turn has ended, and its hook still runs. */
	isClosing = false;
	/** Agents in the background that its last process left behind when it was killed. */
	readonly #orphans: Agent[] = [];
	/** Reports that came while it was closing. */
	#unsettled = 0;
	#task: Task | null = null;
	/** Orchestrators that were cut off, with what they had open. */
	readonly #leftBehind: Actor[] = [];

	constructor(simulation: Simulation, number: number, forkedFrom: Session | null) {
		this.simulation = simulation;
		this.id = `5e55104${number}-0000-4000-8000-${simulation.random.hex(12)}`;
		this.cwd = `/home/dev/project-${number}`;
		this.facts = new SessionFacts(this.id);
		simulation.facts.sessions.push(this.facts);
		this.forkedFrom = forkedFrom;
		this.file = new TranscriptFile(simulation.world, this.id, null, this.cwd);
		this.client = new ClientProcess(this.id, this.cwd);
		this.actor = new Actor(simulation, this.client, this.file, null, 0);
	}

	/** A process begins to listen, and does its steps. */
	begins(source: string, steps: () => Steps): Task {
		const { simulation } = this;
		this.client = new ClientProcess(this.id, this.cwd);
		this.actor = new Actor(simulation, this.client, this.file, null, 0);
		this.queue.length = 0;
		this.begun = null;
		this.isIdle = false;
		this.isClosing = false;
		const task = simulation.world.start(this.#listens(source, steps));
		this.actor.task = task;
		this.#task = task;
		return task;
	}

	/** Its transcript appears with the first prompt. */
	beginFile(): void {
		const { files } = this.simulation;
		if (files.includes(this.file)) return;
		files.push(this.file);
		if (this.forkedFrom !== null) takeOver(this.file, this.forkedFrom, this.simulation.random);
	}

	get isCalm(): boolean {
		return this.client.waitedFor === 0;
	}

	hearOf(agent: Agent, status: string, fact: Fact): void {
		const { simulation, file } = this;
		const notice = noticeOf(agent, status, fact);
		simulation.tell(`${this.id} is told that ${agent.id} is ${status} (${notice.lifeId})`);
		file.queue("enqueue", notice.text);
		fact.tell("transcript");
		if (!this.isIdle) {
			// Whether a turn goes on then nobody could say.
			if (this.isClosing) {
				this.#unsettled++;
				simulation.unsettled++;
			}
			this.queue.push(notice);
			return;
		}
		this.beginTurnBy(notice);
		this.wake.open();
	}

	beginTurnBy(notice: Notice): void {
		const { file, facts } = this;
		this.isIdle = false;
		this.simulation.unsettled -= this.#unsettled;
		this.#unsettled = 0;
		file.queue("dequeue", "");
		const turn = facts.add("turns", file.user(notice.text, FROM_CLIENT));
		turn.tell("transcript");
		this.begun = { notice, turn };
	}

	/** @returns what opens when it is told something, or when time is up */
	listens(ms: number): Latch {
		this.isIdle = true;
		this.wake = new Latch();
		const { world } = this.simulation;
		return ms === Number.POSITIVE_INFINITY ? this.wake : world.within(ms, this.wake);
	}

	/** The hook of a report. @returns ms until it has run */
	deliver(notice: Notice, turn: Fact | null): number {
		const { client, simulation } = this;
		const { facts } = notice.agent;
		return simulation.hooks.write(client, {
			agent: null,
			lines: [hookLineOf(notice)],
			isWaitedFor: true,
			told: () => {
				turn?.tell("hook");
				notice.fact.tell("hook");
				if (notice.lifeId === facts.launchId) facts.linked.add("hook");
			},
		});
	}

	/** What a process finds that goes on with what another one left. */
	repair(): void {
		const { file, simulation } = this;
		for (const { openCalls, openLaunches } of this.#leftBehind.splice(0)) {
			for (const [id, call] of openCalls) {
				call.end(file.result(id, ANSWERED_LATE, LATE), "interrupted").tell("transcript");
			}
			for (const launch of openLaunches.values()) launch.answerLate();
		}
		for (const agent of this.#orphans.splice(0)) {
			this.hearOf(agent, "stopped", agent.facts.end(simulation.world.now, { state: "done" }));
		}
	}

	/** Whether it will hear of agents that its last process left behind. */
	get hasOrphans(): boolean {
		return this.#orphans.length > 0;
	}

	/** Goodbye, at the end of a turn or in the middle of one. */
	*exits(): Steps {
		const { simulation, client, facts } = this;
		simulation.tell(`${this.id} ends`);
		this.#stopAll();
		const ends = facts.add("ends", simulation.world.now);
		yield simulation.hooks.write(client, {
			agent: null,
			lines: [{ event: "session_end", reason: "other" }],
			isWaitedFor: true,
			told: () => ends.tell("hook"),
		});
		client.isAlive = false;
	}

	/** Without a word. */
	dies(): void {
		this.simulation.tell(`the process of ${this.id} is killed`);
		this.client.isAlive = false;
		const left = this.agents.filter((agent) => agent.isRunning && agent.depth === 1);
		this.#orphans.push(...left.filter((agent) => agent.isInBackground));
		this.#stopAll();
	}

	#stopAll(): void {
		this.#leftBehind.push(this.actor);
		this.#task?.cancel();
		for (const agent of this.agents) agent.vanish();
	}

	*#listens(source: string, steps: () => Steps): Steps {
		const { simulation, client, facts } = this;
		simulation.tell(`${this.id} starts (${source})`);
		const rests = facts.add("rests", simulation.world.now);
		yield simulation.hooks.write(client, {
			agent: null,
			lines: [{ event: "session_start", source, model: "claude-sonnet-5" }],
			isWaitedFor: true,
			told: () => rests.tell("hook"),
		});
		yield* steps();
	}
}

const FROM_CLIENT = { origin: { kind: "task-notification", producer: "session-task" } };
