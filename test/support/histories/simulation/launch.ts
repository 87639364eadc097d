import { AgentFacts, Fact } from "../facts.ts";
import type { Actor, Block, OpenLaunch } from "./actor.ts";
import { Agent, type Audience, type Work } from "./agent.ts";
import type { Ended } from "./ending.ts";
import { FailingLaunch } from "./failingLaunch.ts";
import type { Steps } from "./world.ts";

type Fields = Readonly<Record<string, unknown>>;

/**
 * - `starts`: as it should
 * - `denied`: by a person or a rule
 * - `fails`: there is no such type
 * - `refused`: its arguments are wrong, of which no hook hears
 */
export type LaunchFate = "starts" | "denied" | "fails" | "refused";

export interface LaunchPlan {
	/** Empty to leave it to the client. */
	readonly askedType: string;
	readonly isInBackground: boolean;
	readonly fate: LaunchFate;
	readonly work: Work;
	/** Who hears of it in the background; null for an agent of an agent, which nobody reports. */
	readonly audience: Audience | null;
	/** It has started. */
	readonly started: (agent: Agent) => void;
}

/** A call that launches an agent. */
export class Launch extends FailingLaunch implements Block, OpenLaunch {
	readonly input: Fields;
	readonly #plan: LaunchPlan;
	readonly #description: string;

	constructor(actor: Actor, plan: LaunchPlan) {
		super(actor);
		// There is no such type, and the client says so.
		this.#plan = plan.fate === "fails" ? { ...plan, askedType: "nope" } : plan;
		this.#description = `task ${this.id.slice(6, 10)}`;
		const { askedType } = this.#plan;
		const type = askedType === "" ? {} : { subagent_type: askedType };
		const where = plan.isInBackground ? {} : { run_in_background: false };
		this.input = { description: this.#description, prompt: "look", ...type, ...where };
	}

	written(at: number): void {
		const { simulation, client, agent, openLaunches } = this.actor;
		const launched = new Fact(at);
		launched.tell("transcript");
		this.facts = new AgentFacts({
			session: client.session,
			launchId: this.id,
			parent: agent,
			askedType: this.#plan.askedType,
			launched,
		});
		simulation.facts.agents.push(this.facts);
		openLaunches.set(this.id, this);
		const { fate, isInBackground, askedType } = this.#plan;
		const how = `${isInBackground ? "background" : "foreground"}, ${fate}`;
		simulation.tell(`${this.actor.name} launches ${this.id} (${askedType || "untyped"}, ${how})`);
	}

	*run(): Steps {
		const { random, hooks } = this.actor.simulation;
		const { fate } = this.#plan;
		if (fate === "refused") {
			yield random.whole(2, 9);
			this.refused();
			return;
		}
		yield this.#asksHooks();
		if (fate === "denied") {
			yield* this.denied();
			return;
		}
		if (fate === "fails") {
			yield random.whole(3, 20);
			yield* this.failed("Agent type 'nope' not found. Available agents: Explore", "not_found");
			return;
		}
		yield random.whole(1, 12);
		const agent = this.#start();
		if (this.#plan.isInBackground) {
			yield random.whole(4, 20);
			yield hooks.write(this.actor.client, this.#link(agent, "async_launched", []));
			this.actor.client.waitedFor--;
			this.#launched(agent);
			return;
		}
		yield agent.over;
		const { ended } = agent;
		if (ended === null) throw new Error("over, but not ended");
		yield random.whole(2, 8);
		if (ended.way === "apiError") {
			const text = "Agent terminated early due to an API error: API Error: 400 no";
			yield* this.failed(text, "http_error", ended.fact);
		} else {
			yield* this.#completed(agent, ended);
		}
		this.actor.client.waitedFor--;
	}

	/** @returns ms until the hooks before it have run */
	#asksHooks(): number {
		const { simulation, client, agent } = this.actor;
		const { askedType, isInBackground } = this.#plan;
		const { launched } = this.known;
		const { session } = client;
		const type = askedType === "" ? {} : { subagent_type: askedType };
		const where = isInBackground ? {} : { background: false };
		const asked = { id: this.id, ...type, description: this.#description, ...where };
		return simulation.hooks.write(client, {
			agent,
			lines: [{ event: "agent_spawn", ...asked, prompt_preview: "look", parent_id: agent }],
			isWaitedFor: true,
			told: () => {
				launched.tell("hook");
				const spawn = { event: "agent_spawn", id: this.id, parent_id: session };
				const rest = { subagent_type: askedType || null, model: null, branch: null };
				const line = { ...spawn, ...rest, prompt_preview: "look" };
				simulation.hooks.writeV1(client, session, line, () => (this.known.hasV1 = true));
			},
		});
	}

	#start(): Agent {
		const { simulation, client, agent: parent, depth, task } = this.actor;
		const { isInBackground, work, audience, started } = this.#plan;
		const agent = new Agent(simulation, client, this.known, depth + 1, this.#description);
		this.agent = agent;
		agent.file.meta = {
			agentType: this.known.type,
			description: this.#description,
			toolUseId: this.id,
			...(parent === null ? {} : { parentAgentId: parent }),
			spawnDepth: depth + 1,
			requestShape: isInBackground ? "background" : "foreground",
		};
		this.known.linked.add("transcript");
		if (isInBackground) client.waitedFor++;
		agent.live(client, this.id, (file) => file.user("look"), {
			isInBackground,
			work,
			audience: isInBackground ? audience : null,
			parent: isInBackground ? null : task,
		});
		started(agent);
		simulation.tell(`${agent.id} starts for ${this.id}`);
		return agent;
	}

	#link(agent: Agent, status: string, more: readonly Fields[]) {
		const { simulation, client, agent: actor } = this.actor;
		const ids = { id: this.id, child_id: agent.id };
		const link = { event: "agent_link", ...ids, model: "claude-sonnet-5", status };
		return {
			agent: actor,
			lines: [link, ...more.map((fields) => ({ event: "agent_done", ...ids, ...fields }))],
			isWaitedFor: true,
			told: () => {
				this.known.linked.add("hook");
				if (more.length > 0) agent.ended?.fact.tell("hook");
				// Hooks of version 1 take the launch of an agent in the background for its end.
				const outcome = agent.ended?.words.outcome ?? null;
				const done = { event: "agent_done", id: this.id, outcome, duration_ms: 5 };
				simulation.hooks.writeV1(client, client.session, { ...done, tool_use_count: 0 });
			},
		};
	}

	#launched(agent: Agent): void {
		const { file, openLaunches } = this.actor;
		const text = `Async agent launched successfully. (This tool result is internal metadata)\nagentId: ${agent.id} (internal ID - do not mention to user.)`;
		const answer = { isAsync: true, status: "async_launched", agentId: agent.id };
		file.result(this.id, [{ type: "text", text }], this.#structured(answer));
		openLaunches.delete(this.id);
	}

	*#completed(agent: Agent, { words, fact }: Ended): Steps {
		const { simulation, client, file, openLaunches } = this.actor;
		const verdict = { outcome: words.outcome, stubs: words.stubs };
		const counts = { duration_ms: 890, tool_use_count: 2, tokens: 6542 };
		const link = this.#link(agent, "completed", [{ ...verdict, ...counts }]);
		yield simulation.hooks.write(client, link);
		const report = words.text.replaceAll("\n", "\n  ");
		const text = `  [Subagent hand-back] The report follows:\n  ${report}\nagentId: ${agent.id} (use SendMessage to continue this agent)`;
		const content = [{ type: "text", text: words.text }];
		const answer = { status: "completed", agentId: agent.id, content, totalDurationMs: 890 };
		file.result(this.id, [{ type: "text", text }], this.#structured(answer));
		fact.tell("transcript");
		openLaunches.delete(this.id);
	}

	/** In an agent's own file only the text of an answer stands. */
	#structured(toolUseResult: Fields): Fields {
		return this.actor.agent === null ? { toolUseResult } : {};
	}
}
