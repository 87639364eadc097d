import type { Actor, Block } from "./actor.ts";
import type { Agent, Audience, Work } from "./agent.ts";
import { Call } from "./call.ts";
import type { Steps } from "./world.ts";

/** A call that stops an agent in the background: no hook of the agent's tells of that. */
export class StopCall extends Call {
	readonly #agent: Agent;
	readonly #audience: Audience;

	constructor(actor: Actor, agent: Agent, audience: Audience) {
		super(actor, { name: "TaskStop", input: { task_id: agent.id }, told: {} });
		this.#agent = agent;
		this.#audience = audience;
	}

	override *run(): Steps {
		const agent = this.#agent;
		const { simulation } = this.actor;
		yield* this.used();
		yield simulation.random.whole(20, 60);
		if (agent.youth > 0 && agent.isRunning) yield agent.youth;
		if (!agent.canBeStopped) {
			yield* this.returned("tool_use_error", `Task ${agent.id} is not running`, 4);
			return;
		}
		simulation.tell(`${this.actor.name} stops ${agent.id}`);
		agent.stop(false);
		const fact = agent.facts.end(simulation.world.now, { state: "done" });
		fact.tell("transcript");
		this.#audience.hearOf(agent, "killed", fact);
		yield* this.returned("", `Successfully stopped task: ${agent.id}`, 4);
	}
}

/** A message to an agent: one that has ended begins another life with it. */
export class MessageCall extends Call {
	readonly #agent: Agent;
	readonly #audience: Audience;
	readonly #work: Work;

	constructor(actor: Actor, agent: Agent, audience: Audience, work: Work) {
		const input = { to: agent.id, summary: "go on", message: "go on" };
		super(actor, { name: "SendMessage", input, told: {} });
		this.#agent = agent;
		this.#audience = audience;
		this.#work = work;
	}

	override *run(): Steps {
		const agent = this.#agent;
		const { simulation, client } = this.actor;
		const { random } = simulation;
		yield* this.used();
		yield random.whole(10, 45);
		// It may be just about to be told of, or too young to begin anew.
		while (agent.isEnding || (!agent.isRunning && agent.youth > 0)) yield 40;
		const text = "The coordinator sent a message while you were working:\ngo on";
		if (agent.isRunning) {
			agent.inbox.push(text);
			simulation.tell(`${this.actor.name} writes to ${agent.id}, which goes on`);
			yield* this.returned("", `{"success":true,"message":"Message queued for ${agent.id}"}`, 9);
			return;
		}
		simulation.tell(`${this.actor.name} resumes ${agent.id} by ${this.id}`);
		const origin = { isMeta: true, origin: { kind: "coordinator" } };
		const begin = (file: Agent["file"]) => file.user(text, origin);
		agent.live(client, this.id, begin, {
			isInBackground: true,
			work: this.#work,
			audience: this.#audience,
			parent: null,
		});
		yield random.whole(1, 30);
		const answer = { success: true, message: "Resuming agent", resumedAgentId: agent.id };
		yield* this.returned("", JSON.stringify(answer), 14, answer);
	}
}

/** Calls of one message that come one after the other, as those that change the same agent. */
export function inTurn(blocks: readonly Block[]): Block[] {
	let before: Promised | null = null;
	return blocks.map((block) => {
		const next: Promised = new Promised(block, before);
		before = next;
		return next;
	});
}

class Promised implements Block {
	readonly id: string;
	readonly name: string;
	readonly input: object;
	readonly #block: Block;
	readonly #before: Promised | null;
	#isOver = false;

	constructor(block: Block, before: Promised | null) {
		this.id = block.id;
		this.name = block.name;
		this.input = block.input;
		this.#block = block;
		this.#before = before;
	}

	written(at: number): void {
		this.#block.written(at);
	}

	*run(): Steps {
		while (this.#before !== null && !this.#before.#isOver) yield 5;
		yield* this.#block.run();
		this.#isOver = true;
	}
}
