import type { Fact } from "../facts.ts";
import type { Agent } from "./agent.ts";
import { type LastWords, lastWords } from "./lastWords.ts";
import type { TranscriptFile } from "./transcriptFile.ts";
import type { Latch } from "./world.ts";

/**
 * - `speaks`: with last words
 * - `isHeld`: with last words, but a hook makes it go on, once or more often
 * - `apiError`: the client gives up on the model
 * - `outOfTurns`: it may not ask the model again, so it has no last words
 */
export type WayToEnd = "speaks" | "isHeld" | "apiError" | "outOfTurns";

/** How a life ended, for whoever launched it. */
export interface Ended {
	readonly way: WayToEnd;
	readonly fact: Fact;
	readonly words: LastWords;
}

type Ending<T> = Generator<number | Latch, T, void>;

const WAYS: Readonly<Record<WayToEnd, number>> = {
	speaks: 70,
	isHeld: 8,
	apiError: 12,
	outOfTurns: 10,
};

/**
 * Ends the life that an agent is in.
 *
 * @param isHeard whether anyone would hear of an end without last words
 */
export function* endOf(agent: Agent, isHeard: boolean): Ending<Ended> {
	const { simulation, facts, file } = agent;
	const { random, world } = simulation;
	const words = lastWords(random);
	const way = isHeard ? random.weighted<WayToEnd>(WAYS) : "speaks";
	if (way === "outOfTurns" && isResult(file)) {
		agent.isRunning = false;
		// What it said before may be all that its launch comes back with; a report has no verdict.
		const said = agent.isInBackground ? { outcome: null, stubs: null } : verdict(words);
		const fact = facts.end(world.now, { state: "done", ...said });
		return { way, fact, words: { ...words, ...said } };
	}
	yield simulation.answerGap;
	if (way === "apiError") {
		agent.isRunning = false;
		const at = file.apiError(simulation.newMessageId());
		const fact = facts.end(at, { state: "done", outcome: "fail" });
		fact.tell("transcript");
		return { way, fact, words: { text: "", outcome: "fail", stubs: null } };
	}
	let fact = yield* speak(agent, words);
	if (way !== "isHeld") return { way: "speaks", fact, words };
	for (let times = random.whole(1, 3); times > 0; times--) {
		const at = file.user("Stop hook feedback:\nsay more", { isMeta: true });
		facts.begin(at).tell("transcript");
		agent.isRunning = true;
		yield simulation.answerGap;
		fact = yield* speak(agent, words);
	}
	return { way, fact, words };
}

/** Last words, and the hook that hears them. */
function* speak(agent: Agent, words: LastWords): Ending<Fact> {
	const { simulation, client, facts, file } = agent;
	const { random, hooks } = simulation;
	const message = simulation.newMessageId();
	if (random.chance(0.2)) {
		file.says(message, { type: "thinking", thinking: "Enough." }, "end_turn");
	}
	const at = file.says(message, { type: "text", text: words.text }, "end_turn");
	agent.isRunning = false;
	const fact = facts.end(at, { state: "done", ...verdict(words) });
	fact.tell("transcript");
	yield hooks.write(client, {
		agent: agent.id,
		lines: [{ event: "agent_stop", agent_type: facts.type, ...verdict(words) }],
		isWaitedFor: true,
		told: () => fact.tell("hook"),
	});
	return fact;
}

function verdict({ outcome, stubs }: LastWords): Pick<LastWords, "outcome" | "stubs"> {
	return { outcome, stubs };
}

/** Whether the last line is what a call came back with. */
function isResult(file: TranscriptFile): boolean {
	const message = file.lines.at(-1)?.fields.message as { content?: unknown } | undefined;
	const content = message?.content;
	return Array.isArray(content) && (content[0] as { type?: unknown })?.type === "tool_result";
}
