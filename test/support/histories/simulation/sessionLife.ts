import { chooseBlocks } from "./plans.ts";
import type { Session } from "./session.ts";
import { listen, promptTurn } from "./turn.ts";
import { Latch, type Steps } from "./world.ts";

/**
 * - `stays`: it listens for ever
 * - `exits`: when it has nothing to do
 * - `exitsMidway`, `dies`: in the middle of whatever it does
 */
type Fate = "stays" | "exits" | "exitsMidway" | "dies";

/** One session, process by process. */
export function* liveSession(session: Session): Steps {
	const { simulation } = session;
	const { random } = simulation;
	const mostProcesses = random.pick([1, 2, 2, 3]);
	let source = session.forkedFrom === null ? "startup" : "resume";
	for (let processes = 1; ; processes++) {
		const fate = random.weighted<Fate>({ stays: 25, exits: 30, exitsMidway: 25, dies: 20 });
		const turns = random.whole(processes === 1 ? 1 : 0, 3);
		const isThrough = new Latch();
		session.begins(source, () => turnsOf(session, turns, isThrough));
		if (fate === "stays") return;
		if (fate === "exits") yield isThrough;
		else yield* untilBusy(session);
		yield* endProcess(session, fate);
		if (processes === mostProcesses) return;
		yield random.gap(800, 900_000);
		source = "resume";
	}
}

/** Rather while an agent is at work than at any other time. */
function* untilBusy(session: Session): Steps {
	const { random } = session.simulation;
	yield random.gap(1000, 60_000);
	const isBusy = () => session.agents.some(({ isRunning }) => isRunning);
	for (let more = 60; more > 0 && !isBusy(); more--) yield 1000;
	yield random.gap(1, 4000);
}

/** Not in the middle of what everybody has to hear of: nobody could say what is true then. */
function* endProcess(session: Session, fate: Fate): Steps {
	const isTold = () => session.begun === null && session.queue.length === 0;
	while (!session.isCalm || (fate === "dies" && !isTold())) yield 15;
	if (fate === "dies") session.dies();
	else yield* session.exits();
}

/** @param isThrough opened when it has nothing to do but to listen */
function* turnsOf(session: Session, turns: number, isThrough: Latch): Steps {
	const { random } = session.simulation;
	if (session.hasOrphans && random.chance(0.5)) {
		// It begins to listen, and hears of them at once.
		session.isIdle = true;
		session.repair();
	}
	for (let turn = 0; turn < turns; turn++) {
		yield* listen(session, random.gap(300, 120_000), chooseBlocks);
		yield* promptTurn(session, chooseBlocks);
	}
	yield* listen(session, random.gap(200, 40_000), chooseBlocks);
	isThrough.open();
	yield* listen(session, Number.POSITIVE_INFINITY, chooseBlocks);
}
