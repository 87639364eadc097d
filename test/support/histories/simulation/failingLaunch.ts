import { type AgentFacts, Fact } from "../facts.ts";
import type { Actor } from "./actor.ts";
import type { Agent } from "./agent.ts";
import type { Steps } from "./world.ts";

/** What client 2.1.329 answers a call with that its process did not live to see the end of. */
export const ANSWERED_LATE =
	"[Tool call interrupted: the session ended before this call's result was recorded]";
export const LATE = { is_error: true, toolDenialKind: "interrupted" };

/** The ways in which a launching call comes back without an agent that has done its work. */
export abstract class FailingLaunch {
	readonly id: string;
	readonly name = "Agent";
	protected readonly actor: Actor;
	/** Set when it is written. */
	protected facts: AgentFacts | null = null;
	/** Set when it has started. */
	protected agent: Agent | null = null;

	constructor(actor: Actor) {
		this.id = actor.simulation.newCallId();
		this.actor = actor;
	}

	/** A person stopped whoever made it. */
	cutOff(): void {
		const { simulation, client, file, agent } = this.actor;
		this.agent?.stop(true);
		const tell = this.#lose(file.rejection(this.id), "interrupted");
		// Whether hooks hear of it nobody has seen, so both may be.
		if (this.agent === null || simulation.random.chance(0.5)) return;
		const failure = { success: false, error_class: "interrupted", interrupted: true };
		simulation.hooks.write(client, {
			agent,
			lines: [{ event: "tool_result", id: this.id, tool: "Agent", ...failure }],
			isWaitedFor: true,
			told: () => tell("hook"),
		});
	}

	/** The session went on without it. */
	answerLate(): void {
		this.#lose(this.actor.file.result(this.id, ANSWERED_LATE, LATE), "interrupted");
	}

	protected get known(): AgentFacts {
		if (this.facts === null) throw new Error("not launched yet");
		return this.facts;
	}

	/** By a rule, or by a person who was asked. No hook tells of that. */
	protected *denied(): Steps {
		const { simulation, client, agent, openLaunches, file } = this.actor;
		const { random, hooks } = simulation;
		yield random.whole(10, 40);
		if (random.chance(0.6)) {
			const lines = [{ event: "permission_wait", tool: "Agent" }];
			hooks.write(client, { agent, lines, isWaitedFor: true });
			yield random.gap(400, 40_000);
		}
		const text = "Claude requested permissions to use Agent, but you haven't granted it yet.";
		const at = file.result(this.id, text, {
			is_error: true,
			toolUseResult: `Error: ${text}`,
			toolDenialKind: "user-rejected",
			permissionDecision: { decision: "reject", source: "config", reasonCode: "unknown" },
		});
		this.#lose(at, "denied");
		openLaunches.delete(this.id);
	}

	/** Its arguments are wrong: it failed before any hook was asked. */
	protected refused(): void {
		const text = "<tool_use_error>InputValidationError: no prompt</tool_use_error>";
		const errorClass = "tool_use_error";
		const at = this.#result(text);
		const ended = this.known.end(at, { state: "done", outcome: "fail" });
		this.#failure(at, errorClass, ended)("transcript");
	}

	/**
	 * It failed after its hooks were asked, so they hear of that.
	 *
	 * @param ended the end of its agent; null where there was none
	 */
	protected *failed(text: string, errorClass: string, ended: Fact | null = null): Steps {
		const { simulation, client, agent } = this.actor;
		const { now } = simulation.world;
		const fact = ended ?? this.known.end(now, { state: "done", outcome: "fail" });
		const tell = this.#failure(now, errorClass, fact);
		const failure = { success: false, error_class: errorClass, duration_ms: 40 };
		yield simulation.hooks.write(client, {
			agent,
			lines: [{ event: "tool_result", id: this.id, tool: "Agent", ...failure }],
			isWaitedFor: true,
			told: () => tell("hook"),
		});
		this.#result(text);
		tell("transcript");
	}

	#result(text: string): number {
		const { file, openLaunches } = this.actor;
		openLaunches.delete(this.id);
		return file.result(this.id, text, { is_error: true, toolUseResult: `Error: ${text}` });
	}

	/** The end of its agent is that of the launch, and the transcript says so. */
	#lose(at: number, errorClass: string): (source: "hook" | "transcript") => void {
		const ended = this.known.end(at, { state: "lost" });
		const tell = this.#failure(at, errorClass, ended);
		tell("transcript");
		return tell;
	}

	/** @returns tells that the launch failed, and its agent with it */
	#failure(at: number, errorClass: string, ended: Fact): (source: "hook" | "transcript") => void {
		const fact = new Fact(at);
		this.known.launchFailed.push({ fact, errorClass });
		return (source) => {
			fact.tell(source);
			ended.tell(source);
		};
	}
}
