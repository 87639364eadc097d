import type { Block } from "./actor.ts";
import { Call } from "./call.ts";
import type { Session } from "./session.ts";
import type { Latch, Steps } from "./world.ts";

/** Chooses what a message of the orchestrator calls. */
export type Choose = (session: Session) => readonly Block[];

/** Waits for reports and answers them, for so many ms. */
export function* listen(session: Session, ms: number, choose: Choose): Steps {
	const { world } = session.simulation;
	const until = world.now + ms;
	for (;;) {
		const next = session.begun === null ? session.queue.shift() : undefined;
		if (next !== undefined) session.beginTurnBy(next);
		const { begun } = session;
		if (begun !== null) {
			session.begun = null;
			yield session.deliver(begun.notice, begun.turn);
			yield* goOn(session, choose);
		} else if (world.now < until) {
			yield session.listens(until - world.now);
			session.isIdle = false;
		} else {
			return;
		}
	}
}

/** A person asks for something. */
export function* promptTurn(session: Session, choose: Choose): Steps {
	const { simulation, file, facts, client } = session;
	session.beginFile();
	simulation.tell(`${session.id} is asked`);
	const turn = facts.add("turns", file.user("go"));
	turn.tell("transcript");
	session.repair();
	yield simulation.hooks.write(client, {
		agent: null,
		lines: [{ event: "prompt" }],
		isWaitedFor: true,
		told: () => turn.tell("hook"),
	});
	yield* goOn(session, choose);
}

function* goOn(session: Session, choose: Choose): Steps {
	const { simulation, actor } = session;
	const { random } = simulation;
	actor.step = null;
	for (let steps = random.pick([0, 1, 1, 2, 3]); steps > 0; steps--) {
		yield simulation.answerGap;
		if (random.chance(0.05)) yield* tryAgain(session);
		if (random.chance(0.03)) yield* compact(session);
		if (random.chance(0.02)) {
			stop(session);
			return;
		}
		if (random.chance(0.08)) {
			yield* performUntilStopped(session, choose(session));
			if (actor.step !== null) return;
		} else {
			yield* actor.perform(choose(session));
		}
		yield* takeIn(session);
	}
	yield simulation.answerGap;
	yield* end(session);
}

/** What a person stops that does not end before; then `actor.step` is left as it was. */
function* performUntilStopped(session: Session, blocks: readonly Block[]): Steps {
	const { actor, client, simulation } = session;
	const { world, random } = simulation;
	const step = world.start(actor.perform(blocks), actor.task);
	actor.step = step;
	yield world.within(random.gap(400, 30_000), step.done);
	// Not in the middle of what everybody has to hear of.
	while (!step.done.isOpen && client.waitedFor > 0) yield 10;
	if (step.done.isOpen) {
		actor.step = null;
		return;
	}
	step.cancel();
	stop(session);
}

/** A person stops the turn, of which no hook hears. */
function stop(session: Session): void {
	const { actor, facts, simulation } = session;
	simulation.tell(`${session.id} is interrupted by the user`);
	actor.cutOff(true);
	facts.add("turnEnds", simulation.world.now).tell("transcript");
}

/** Reports that came during the turn are read beside the next results of calls. */
function* takeIn(session: Session): Steps {
	for (const notice of session.queue.splice(0)) {
		yield session.deliver(notice, null);
		session.file.queue("remove", notice.text);
	}
}

function* end(session: Session): Generator<number | Latch, void, void> {
	const { simulation, client, file, facts } = session;
	const { random, hooks } = simulation;
	if (random.chance(0.07)) {
		simulation.tell(`the turn of ${session.id} ends by an API error`);
		facts.add("turnEnds", file.apiError(simulation.newMessageId())).tell("transcript");
		return;
	}
	const text = { type: "text", text: "done" };
	const fact = facts.add("turnEnds", file.says(simulation.newMessageId(), text, "end_turn"));
	fact.tell("transcript");
	simulation.tell(`the turn of ${session.id} ends`);
	session.isClosing = true;
	client.waitedFor++;
	yield hooks.write(client, {
		agent: null,
		lines: [{ event: "turn_end", running: 0 }],
		isWaitedFor: true,
		told: () => fact.tell("hook"),
	});
	client.waitedFor--;
	session.isClosing = false;
	file.write("system", { subtype: "stop_hook_summary" });
	if (session.queue.length === 0 && random.chance(0.08)) yield* goOnAfterAll(session);
}

/** A hook of the user's does not let it go, and so the turn goes on with a call. */
function* goOnAfterAll(session: Session): Generator<number | Latch, void, void> {
	const { simulation, actor, facts, file } = session;
	simulation.tell(`the turn of ${session.id} goes on after all`);
	file.user("Stop hook feedback:\nrun the tests", { isMeta: true });
	// By less a hook of a call may lag behind.
	yield simulation.random.gap(2500, 12_000);
	const call = new Call(actor, { name: "Bash", input: { command: "make test" }, told: {} });
	const { id, name, input } = call;
	yield* actor.perform([
		{
			id,
			name,
			input,
			written: (at) => {
				call.written(at);
				facts.moments.push({ kind: "turns", fact: call.facts.used });
			},
			run: () => call.run(),
		},
	]);
	yield* takeIn(session);
	yield simulation.answerGap;
	yield* end(session);
}

/** The model did not answer, and is asked again. */
function* tryAgain({ simulation, file }: Session): Steps {
	for (let retryAttempt = simulation.random.whole(1, 3); retryAttempt > 0; retryAttempt--) {
		file.write("system", { subtype: "api_error", level: "error", retryInMs: 600, retryAttempt });
		yield simulation.answerGap;
	}
}

/** In the middle of a turn, which goes on: the session starts anew all the same. */
function* compact(session: Session): Steps {
	const { simulation, client, file } = session;
	const { hooks, random } = simulation;
	const agent = `acompact-${random.hex(6)}`;
	simulation.tell(`${session.id} is compacted`);
	const write = (lines: readonly object[], actor: string | null = null) =>
		hooks.write(client, { agent: actor, lines: [...lines] as [], isWaitedFor: true });
	yield write([{ event: "compact", trigger: "auto" }]);
	yield random.gap(300, 4000);
	if (random.chance(0.5)) {
		yield write([{ event: "agent_stop", agent_type: "", outcome: null, stubs: null }], agent);
	}
	file.write("system", { subtype: "compact_boundary" });
	file.user("This session is being continued", { isCompactSummary: true });
	yield write([{ event: "session_start", source: "compact" }]);
}
