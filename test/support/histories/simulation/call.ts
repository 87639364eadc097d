import { CallFacts, Fact } from "../facts.ts";
import type { Actor, Block } from "./actor.ts";
import type { Random } from "./random.ts";
import type { Steps } from "./world.ts";

type Fields = Readonly<Record<string, unknown>>;

interface Tool {
	readonly name: string;
	readonly input: Fields;
	/** What hooks let through of its arguments. */
	readonly told: Fields;
}

const FILE = "/home/dev/app/src/main.ts";
const TOOLS: readonly Tool[] = [
	{ name: "Bash", input: { command: "make test" }, told: { program: "make" } },
	{ name: "Bash", input: { command: "git status" }, told: { program: "git" } },
	{ name: "Read", input: { file_path: FILE }, told: { file_path: FILE } },
	{ name: "Grep", input: { pattern: "retry" }, told: {} },
	{ name: "Skill", input: { skill: "review" }, told: { skill: "review" } },
	{ name: "mcp__notes__find", input: { text: "x" }, told: { mcp_server: "notes" } },
];

/** How a call failed, in the word of the contract and as the transcript has it. */
const FAILURES: readonly { readonly errorClass: string; readonly text: string }[] = [
	{ errorClass: "exit_3", text: "Exit code 3\nno rule" },
	{ errorClass: "timeout", text: "Exit code 143\nCommand timed out after 2m 0s" },
	{ errorClass: "not_found", text: "File does not exist." },
];

/** Of an answer that says nothing more only the kind of its tool is known. */
function vagueFailure(tool: string): (typeof FAILURES)[number] {
	const kind = tool.startsWith("mcp__") ? "mcp_error" : "unknown";
	return { errorClass: tool === "Bash" ? "command_failed" : kind, text: "Something went wrong" };
}

type Fate = "succeeds" | "fails" | "denied" | "refused";

/** A call of any tool that launches nothing. */
export class Call implements Block {
	readonly id: string;
	readonly name: string;
	readonly input: Fields;
	readonly actor: Actor;
	readonly #told: Fields;
	readonly #fate: Fate;
	#facts: CallFacts | null = null;

	constructor(actor: Actor, tool?: Tool) {
		const { simulation } = actor;
		const { random } = simulation;
		const { name, input, told } = tool ?? random.pick(TOOLS);
		this.actor = actor;
		this.id = simulation.newCallId();
		this.name = name;
		this.input = input;
		this.#told = told;
		this.#fate =
			tool === undefined
				? random.weighted({ succeeds: 78, fails: 12, denied: 7, refused: 3 })
				: "succeeds";
	}

	get facts(): CallFacts {
		if (this.#facts === null) throw new Error("not called yet");
		return this.#facts;
	}

	written(at: number): void {
		const { actor, id, name: tool } = this;
		const { session } = actor.client;
		const used = new Fact(at);
		const facts = new CallFacts({ id, session, agent: actor.agent, tool, used });
		facts.used.tell("transcript");
		actor.simulation.facts.calls.push(facts);
		actor.openCalls.set(id, facts);
		this.#facts = facts;
	}

	*run(): Steps {
		const { random } = this.actor.simulation;
		if (this.#fate === "refused") {
			// Its arguments are wrong: the client does not ask its hooks at all.
			yield random.whole(2, 9);
			const text = "<tool_use_error>InputValidationError: path is missing</tool_use_error>";
			this.#answer(this.#end("tool_use_error"), text);
			return;
		}
		yield* this.used();
		if (this.#fate === "denied") {
			yield* this.#denied();
			return;
		}
		const begun = this.actor.simulation.world.now;
		if (random.chance(0.06)) {
			yield random.whole(20, 60);
			this.#asks();
			yield random.gap(400, 40_000);
		}
		yield random.gap(8, 20_000);
		const { errorClass, text } =
			this.#fate === "fails"
				? random.pick([...FAILURES, vagueFailure(this.name)])
				: { errorClass: "", text: "ok" };
		yield* this.returned(errorClass, text, this.actor.simulation.world.now - begun);
	}

	/** Before it runs. */
	*used(): Steps {
		const { actor, facts, id, name } = this;
		yield* this.#hook([{ event: "tool_use", id, tool: name, ...this.#told }], () => {
			facts.used.tell("hook");
			this.#v1(actor.simulation.random);
		});
	}

	/** After it has run, told by its hook and by the transcript. */
	*returned(errorClass: string, text: string, durationMs: number, answer: unknown = text): Steps {
		const { actor, id, name } = this;
		const success = errorClass === "";
		const result = this.#end(errorClass);
		const common = { id, success, duration_ms: durationMs };
		const failure = success ? {} : { error_class: errorClass, interrupted: false };
		const line = { event: "tool_result", tool: name, ...this.#told, ...common, ...failure };
		actor.returning++;
		yield* this.#hook([line], () => result.tell("hook"));
		if (name === "Skill" && success) {
			// It tells all that the result tells.
			yield* this.#hook([{ event: "skill_use", ...this.#told, ...common }], () => {
				result.tell("hook");
				this.#skillV1(actor.simulation.random);
			});
		}
		actor.returning--;
		this.#answer(result, text, success ? { toolUseResult: answer } : {});
	}

	/** A hook of a call: whether it is waited for, its registration says. */
	*#hook(lines: readonly Fields[], told: () => void): Steps {
		const { agent, client, simulation } = this.actor;
		const isWaitedFor = simulation.hooks.isWaitedForByCalls;
		const ms = simulation.hooks.write(client, { agent, lines, isWaitedFor, told });
		if (isWaitedFor) yield ms;
	}

	#end(errorClass: string): Fact {
		this.actor.openCalls.delete(this.id);
		return this.facts.end(this.actor.simulation.world.now, errorClass);
	}

	#answer(result: Fact, text: string, more: Fields = {}): void {
		const isError = this.facts.result?.success === false;
		const error = isError ? { is_error: true, toolUseResult: `Error: ${text}` } : {};
		this.actor.file.result(this.id, text, { ...error, ...more });
		result.tell("transcript");
	}

	/** By a rule, or by a person who was asked. No hook tells of it. */
	*#denied(): Steps {
		const { random } = this.actor.simulation;
		yield random.whole(20, 60);
		if (random.chance(0.6)) {
			this.#asks();
			yield random.gap(400, 40_000);
		}
		const text = `Claude requested permissions to use ${this.name}, but you haven't granted it yet.`;
		this.#answer(this.#end("denied"), text, {
			toolDenialKind: "user-rejected",
			permissionDecision: { decision: "reject", source: "config", reasonCode: "unknown" },
		});
	}

	#asks(): void {
		const { actor, name } = this;
		actor.simulation.hooks.write(actor.client, {
			agent: actor.agent,
			lines: [{ event: "permission_wait", tool: name }],
			isWaitedFor: true,
		});
	}

	/** Hooks of version 1 see the call, and mostly not who made it. */
	#v1(random: Random): void {
		const { actor, id, name } = this;
		const { facts, hooks } = actor.simulation;
		const { session } = actor.client;
		const launches = facts.agents.filter((agent) => agent.session === session && agent.hasV1);
		const own = launches.find((agent) => actor.agent !== null && agent.id === actor.agent);
		const anyone = launches.length === 0 ? undefined : random.pick(launches);
		const agent_id = random.pick([undefined, own, anyone])?.launchId ?? "main";
		hooks.writeV1(actor.client, "", { event: "tool_use", id, agent_id, tool: name });
	}

	#skillV1(random: Random): void {
		const { actor, id } = this;
		const { session } = actor.client;
		const agent_id = random.pick(["main", session]);
		const line = { event: "skill_use", id, agent_id, skill: "review", success: true };
		actor.simulation.hooks.writeV1(actor.client, agent_id === "main" ? "" : session, line);
	}
}
