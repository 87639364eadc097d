import type { Actor, Block } from "./actor.ts";
import type { Agent, Work } from "./agent.ts";
import { Call } from "./call.ts";
import { inTurn, MessageCall, StopCall } from "./followUps.ts";
import { Launch, type LaunchFate } from "./launch.ts";
import type { Session } from "./session.ts";
import type { Steps } from "./world.ts";

const DEEPEST = 3;
/** Few, so that several of one type run at once. */
const TYPES = ["Explore", "Explore", "Explore", "general-purpose", "", "Plan"] as const;

/** What a message of the orchestrator calls: tools, agents, and what agents are told. */
export function chooseBlocks(session: Session): readonly Block[] {
	const { actor } = session;
	const { random } = session.simulation;
	const candidates = session.agents.filter(
		(agent) => agent.depth === 1 && (agent.isInBackground || !agent.isRunning),
	);
	const running = candidates.filter(({ isRunning }) => isRunning);
	if (running.length > 0 && random.chance(0.5)) return tellAgent(session, random.pick(running));
	if (candidates.length > 0 && random.chance(0.25)) {
		return tellAgent(session, random.pick(candidates));
	}
	const blocks: Block[] = [];
	for (let more = random.pick([1, 1, 2, 3]); more > 0; more--) {
		blocks.push(random.chance(0.45) ? launchOf(session, actor) : new Call(actor));
	}
	return blocks;
}

function tellAgent(session: Session, agent: Agent): readonly Block[] {
	const { actor, simulation } = session;
	const { random } = simulation;
	const message = () => new MessageCall(actor, agent, session, workOf(session));
	const what = agent.isRunning
		? random.weighted({ stop: 35, stopAndResume: 35, message: 30 })
		: "message";
	if (what === "message") return random.chance(0.5) ? [message()] : [new Call(actor), message()];
	const stop = new StopCall(actor, agent, session);
	// In one message, so that it is resumed before anyone is told that it was stopped.
	return what === "stop" ? [stop] : inTurn([stop, message()]);
}

function launchOf(session: Session, actor: Actor): Launch {
	const { random } = session.simulation;
	const isNested = actor.depth > 0;
	const isInBackground = random.chance(isNested ? 0.15 : 0.6);
	return new Launch(actor, {
		askedType: random.pick(TYPES),
		isInBackground,
		fate: random.weighted<LaunchFate>({ starts: 88, denied: 6, fails: 4, refused: 2 }),
		work: workOf(session),
		audience: isNested ? null : session,
		started: (agent) => {
			session.agents.push(agent);
			if (!isInBackground) return;
			actor.backgroundAgents++;
			agent.over.whenOpen(() => actor.backgroundAgents--);
		},
	});
}

/** Some messages with some calls, and now and then an agent of its own. */
function workOf(session: Session): Work {
	return function* work(actor: Actor): Steps {
		const { simulation } = session;
		const { random } = simulation;
		for (let steps = random.pick([0, 1, 1, 2]); steps > 0; steps--) {
			yield simulation.answerGap;
			session.agents.find(({ id }) => id === actor.agent)?.readInbox();
			const blocks: Block[] = [];
			for (let more = random.pick([1, 1, 2]); more > 0; more--) {
				const isLaunch = actor.depth < DEEPEST && random.chance(0.2);
				blocks.push(isLaunch ? launchOf(session, actor) : new Call(actor));
			}
			yield* actor.perform(blocks);
		}
		// Nobody would tell it of them once it has ended.
		while (actor.backgroundAgents > 0) yield 200;
	};
}
