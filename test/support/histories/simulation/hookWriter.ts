import type { Random } from "./random.ts";
import type { World } from "./world.ts";

/** A line of the event log. */
export interface LogLine {
	readonly ts: number;
	readonly text: string;
	/** Empty on lines of version 1 that name none. */
	readonly session: string;
	/** The client waits for hooks of one lane one after the other; null where it does not wait. */
	readonly lane: string | null;
	/** It waits for everything before it, and nothing goes on beside it. */
	readonly isBarrier: boolean;
}

/** One process of the client. What its hooks have not written when it is gone is never written. */
export class ClientProcess {
	readonly session: string;
	readonly cwd: string;
	isAlive = true;
	/** Hooks that are waited for, and ends of agents that are being told. */
	waitedFor = 0;

	constructor(session: string, cwd: string) {
		this.session = session;
		this.cwd = cwd;
	}
}

export interface Hook {
	/** Acting agent; null for the orchestrator. */
	readonly agent: string | null;
	/** What the hook writes, line by line. */
	readonly lines: readonly Readonly<Record<string, unknown>>[];
	/** The client goes on only when it has run. */
	readonly isWaitedFor: boolean;
	readonly told?: () => void;
}

/** What hooks there are, and how. */
export interface Installed {
	/** How often the same hooks are installed. */
	readonly installations: number;
	readonly hasV1: boolean;
	readonly isWaitedForByCalls: boolean;
}

const BARRIERS: ReadonlySet<unknown> = new Set(["session_start", "session_end"]);

/** Writes the log as hooks do: some time after the fact, each installation by itself. */
export class HookWriter {
	readonly lines: LogLine[] = [];
	readonly #world: World;
	readonly #random: Random;
	readonly #installations: number;
	/** When the last line of version 1 is to be written. */
	#v1At = 0;
	/** Whether hooks of version 1 are installed beside them. */
	readonly hasV1: boolean;

	/** Whether the client waits for hooks of calls too, as it does by default. */
	readonly isWaitedForByCalls: boolean;

	constructor(world: World, random: Random, installed: Installed) {
		this.#world = world;
		this.#random = random;
		this.#installations = installed.installations;
		this.hasV1 = installed.hasV1;
		this.isWaitedForByCalls = installed.isWaitedForByCalls;
	}

	/** @returns ms until it has run everywhere, for whoever waits for it */
	write(client: ClientProcess, hook: Hook): number {
		const { isWaitedFor, told } = hook;
		let longest = 0;
		let isFirst = true;
		for (const delay of this.#delays(isWaitedFor)) {
			longest = Math.max(longest, delay);
			this.#world.after(delay, () => {
				if (!client.isAlive) return;
				if (isFirst) told?.();
				isFirst = false;
				for (const line of hook.lines) this.#put(client, hook, line);
			});
		}
		const ms = longest + this.#random.whole(1, 4);
		if (!isWaitedFor) return ms;
		client.waitedFor++;
		this.#world.after(ms, () => client.waitedFor--);
		return ms;
	}

	/** A line of an older hook, in whole seconds; who acted and where, it mostly does not know. */
	writeV1(
		client: ClientProcess,
		session: string,
		line: Readonly<Record<string, unknown>>,
		told?: () => void,
	): void {
		if (!this.hasV1) return;
		const { now } = this.#world;
		// A launch is told of before its end, and before the calls of its agent.
		this.#v1At = Math.max(now + this.#random.whole(15, 160), this.#v1At + 1);
		this.#world.after(this.#v1At - now, () => {
			if (!client.isAlive) return;
			const { now } = this.#world;
			const ts = `${new Date(now).toISOString().slice(0, 19)}Z`;
			const text = JSON.stringify({ ts, ...line });
			told?.();
			// They find in files of their own what the one before has left there.
			this.lines.push({ ts: now, text, session, lane: "v1", isBarrier: false });
		});
	}

	#delays(isWaitedFor: boolean): number[] {
		const delays = [isWaitedFor ? this.#random.whole(14, 62) : this.#random.whole(10, 90)];
		for (let more = 1; more < this.#installations; more++) {
			delays.push((delays[0] ?? 0) + this.#random.gap(2, 400));
		}
		return delays;
	}

	#put(client: ClientProcess, { agent, isWaitedFor }: Hook, line: object): void {
		const { session, cwd } = client;
		const { now } = this.#world;
		const { event, ...fields } = line as { event: string };
		const written = {
			v: 2,
			ts: new Date(now).toISOString(),
			event,
			session_id: session,
			agent_id: agent ?? undefined,
			cwd,
			transcript_path: `/home/dev/.claude/projects/-home-dev/${session}.jsonl`,
			...fields,
		};
		this.lines.push({
			ts: now,
			text: JSON.stringify(written),
			session,
			lane: isWaitedFor ? `${session} ${agent ?? ""}` : null,
			isBarrier: BARRIERS.has(event),
		});
	}
}
