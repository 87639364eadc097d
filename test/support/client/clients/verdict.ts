import type { Answered } from "../scriptedModel.ts";
import type { Found, FoundAgent } from "./found.ts";
import type { RealClient } from "./realClient.ts";
import type { Scenario } from "./scenario.ts";
import { type ExpectedAgent, expectedOf } from "./script.ts";

/** A client may stamp an answer when it gets to it, by when the next question is asked already, ms. */
const LAG_MS = 500;

/** How many of what there is to be told are right. */
export interface Count {
	readonly right: number;
	readonly all: number;
}

export const ASPECTS = ["agents", "parents", "calls", "failures", "tokens", "ends"] as const;
export type Aspect = (typeof ASPECTS)[number];

export interface Verdict {
	readonly counts: Readonly<Record<Aspect, Count>>;
	/** What is wrong, one a line. */
	readonly faults: readonly string[];
}

/** What is known of a run besides what was found of it. */
export interface Told {
	readonly client: RealClient;
	readonly scenario: Scenario;
	/** Tasks of each session, in their order. */
	readonly sessions: readonly (readonly string[])[];
	readonly project: string;
	readonly answered: readonly Answered[];
	/** When the client had ended, ms since the epoch. */
	readonly exitedAt: number;
	/** What ended it before it was done. */
	readonly endedBy?: "SIGINT" | "SIGKILL" | undefined;
}

/** Tokens of a conversation's answers tell it from all others. */
function taskOf({ description, requests }: FoundAgent, { scenario, answered }: Told): string {
	const [request] = requests;
	const answer = answered.find(({ tokens }) => tokens.input === request?.input);
	return answer?.conversation ?? (description in scenario ? description : "");
}

/** Compares what the database has with what the script made happen. */
export function judge(found: Found, told: Told): Verdict {
	const expected = told.sessions.flatMap((tasks) =>
		expectedOf(told.scenario, told.client, told.project, tasks),
	);
	const judged = new Judged(found, told);
	for (const agent of expected) judged.compare(agent);
	const known = new Set(expected.flatMap(({ tasks }) => tasks));
	for (const agent of found.agents) {
		const task = taskOf(agent, told);
		if (!known.has(task)) judged.fault("agents", `${agent.id || agent.session} is nobody`);
	}
	for (const problem of found.problems) judged.faults.push(`lines: ${problem}`);
	return { counts: judged.counts, faults: judged.faults };
}

class Judged {
	readonly faults: string[] = [];
	readonly #counts = new Map<Aspect, Count>(
		ASPECTS.map((aspect) => [aspect, { right: 0, all: 0 }]),
	);
	readonly #found: Found;
	readonly #told: Told;

	constructor(found: Found, told: Told) {
		this.#found = found;
		this.#told = told;
	}

	get counts(): Record<Aspect, Count> {
		return Object.fromEntries(this.#counts) as Record<Aspect, Count>;
	}

	compare(expected: ExpectedAgent): void {
		const { tasks, parent } = expected;
		const task = tasks.join(" and ");
		const named = this.#found.agents.filter((each) => tasks.includes(taskOf(each, this.#told)));
		const [agent] = named;
		this.#count("agents", named.length === 1, `${task} is there ${named.length} times`);
		if (agent === undefined) return;
		const launcher = this.#found.agents.find(({ id }) => id !== "" && id === agent.parent);
		const above =
			agent.parent === null || agent.parent === ""
				? agent.parent
				: launcher && taskOf(launcher, this.#told);
		this.#count("parents", above === parent, `${task} hangs under ${above}`);
		this.#compareCalls(expected, agent);
		this.#compareTokens(expected, agent);
		this.#compareEnd(expected, agent);
	}

	fault(aspect: Aspect, text: string): void {
		this.#count(aspect, false, text);
	}

	/** Every call lies between the answer that asked for it and the next question. */
	#compareCalls({ tasks, calls, unfinished }: ExpectedAgent, agent: FoundAgent): void {
		const task = tasks.join(" and ");
		const answers = this.#answersOf(tasks);
		const rest = [...agent.calls];
		for (const call of calls) {
			const at = rest.findIndex(
				(each) => each.function === call.function && each.error === call.error,
			);
			const [found] = at < 0 ? [] : rest.splice(at, 1);
			const from = answers.findLastIndex(({ askedAt }) => askedAt <= (found?.ts ?? 0));
			const end = (found?.ts ?? 0) + (found?.duration ?? 0);
			// A launch lasts as long as its agent, which may be longer.
			const next = call.function.startsWith("agent:") ? undefined : answers[from + 1];
			const isTimed = from >= 0 && end <= (next?.askedAt ?? this.#told.exitedAt) + LAG_MS;
			const name = `${call.function}${call.error === null ? "" : ` (${call.error})`} of ${task}`;
			const text = found === undefined ? `no ${name}` : `${name} has a wrong time`;
			this.#count("calls", found !== undefined && isTimed, text);
			const { lines = null } = call;
			if (found !== undefined && lines !== found.lines) {
				this.fault("calls", `${name} wrote ${lines}, not ${found.lines}`);
			}
			if (call.error !== null) this.#count("failures", found !== undefined, `no ${name}`);
		}
		for (const { function: name, error } of rest) {
			const isCutOff =
				error === null || (error === "interrupted" && this.#told.endedBy === "SIGINT");
			if (isCutOff && unfinished.includes(name)) continue;
			this.fault("calls", `${name} (${error ?? "well"}) of ${task} never was`);
		}
	}

	/** What was asked for by an answer that was never over may not be told. */
	#compareTokens({ tasks, unfinished }: ExpectedAgent, { requests }: FoundAgent): void {
		const sums = (each: readonly { input: number; output: number; cacheRead: number }[]) =>
			(["input", "output", "cacheRead"] as const).map((kind) =>
				each.reduce((sum, of) => sum + of[kind], 0),
			);
		const spent = this.#answersOf(tasks).map(({ tokens }) => ({
			...tokens,
			output: tokens.output + tokens.reasoning,
		}));
		const [right, read] = [sums(spent).join(), sums(requests).join()];
		const without = unfinished.length === 0 ? right : sums(spent.slice(0, -1)).join();
		this.#count(
			"tokens",
			right === read || without === read,
			`${tasks.join(" and ")} used ${right}, not ${read}`,
		);
	}

	/** It begins before it has done anything, ends behind its last question, and comes to what it said. */
	#compareEnd({ tasks, last: words, parent, unfinished }: ExpectedAgent, agent: FoundAgent): void {
		const { startedAt, endedAt, outcome, calls } = agent;
		const answers = this.#answersOf(tasks);
		const [first, last] = [answers[0], answers.at(-1)];
		const said = /^shipped: (\w+)$/m.exec(words)?.[1] ?? null;
		const isRight =
			first !== undefined &&
			last !== undefined &&
			startedAt <= (calls[0]?.ts ?? first.at) &&
			this.#isEnd(endedAt, last, parent !== null && unfinished.length > 0) &&
			outcome === said;
		const text = `${tasks.join(" and ")} ended at ${endedAt} as ${outcome}, its answers were ${first?.at} to ${last?.askedAt}`;
		this.#count("ends", isRight, text);
	}

	/** A client that is killed tells of no end; one that is interrupted may still do so. */
	#isEnd(endedAt: number | null, { askedAt }: Answered, isCutOff: boolean): boolean {
		const { exitedAt, endedBy } = this.#told;
		if (endedAt === null) return isCutOff;
		return (!isCutOff || endedBy === "SIGINT") && endedAt >= askedAt && endedAt <= exitedAt;
	}

	#answersOf(tasks: readonly string[]): Answered[] {
		return this.#told.answered.filter(({ conversation }) => tasks.includes(conversation));
	}

	#count(aspect: Aspect, isRight: boolean, text: string): void {
		const { right, all } = this.#counts.get(aspect) ?? { right: 0, all: 0 };
		this.#counts.set(aspect, { right: right + (isRight ? 1 : 0), all: all + 1 });
		if (!isRight) this.faults.push(`${aspect}: ${text}`);
	}
}
