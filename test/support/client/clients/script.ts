import type { TurnBlock } from "../apis/api.ts";
import type { Script, Turn } from "../scriptedModel.ts";
import type { ExpectedCall, RealClient, Told } from "./realClient.ts";
import type { Part, Scenario, Step } from "./scenario.ts";

/** What the database is to have of one agent, or of the orchestrator. */
export interface ExpectedAgent {
	/** Its own, or those that a session was given one after the other. */
	readonly tasks: readonly string[];
	/** Task of the agent that launched it; empty for the orchestrator, null for that itself. */
	readonly parent: string | null;
	readonly calls: readonly ExpectedCall[];
	/** Its last words. */
	readonly last: string;
	/** What it was about when it was cut off, which may be told or not; empty where it was not. */
	readonly unfinished: readonly string[];
}

/** A scenario as the model tells it to a client. */
export function scriptOf(scenario: Scenario, client: RealClient, project: string): Script {
	const steps = Object.values(scenario).flatMap(({ turns }) => turns.flat());
	const agents = new Set(steps.map((step) => (step.does === "launch" ? step.task : "")));
	return Object.fromEntries(
		Object.entries(scenario).map(([task, part]) => [
			task,
			turnsOf(agents.has(task), part, client, project),
		]),
	);
}

/** What of a scenario a client can do: a session that is given tasks, with its agents. */
export function expectedOf(
	scenario: Scenario,
	client: RealClient,
	project: string,
	tasks: readonly string[],
): ExpectedAgent[] {
	const parts = tasks.map((task) => partOf(scenario, client, project, task, null));
	const own = parts.flatMap(([root]) => root?.calls ?? []);
	const agents = parts.flatMap(([, ...inner]) => inner);
	const unfinished = parts.flatMap(([root]) => root?.unfinished ?? []);
	return [{ tasks, parent: null, calls: own, last: "", unfinished }, ...agents];
}

function partOf(
	scenario: Scenario,
	client: RealClient,
	project: string,
	task: string,
	parent: string | null,
): ExpectedAgent[] {
	const part = scenario[task];
	if (part === undefined) throw new Error(`no ${task}`);
	const isAgent = parent !== null;
	const steps = part.turns.flat().filter((step) => isPossible(step, isAgent, client));
	const showsLines = !isAgent || client.tellsLinesOfAgents;
	const told = steps.map((step) =>
		expectedTo(scenario, step, client.tell(step, { project }), showsLines),
	);
	const ended = isAgent && part.isCutOff !== true ? (client.endAgent?.(part.last) ?? null) : null;
	const calls = [...told, ended].filter((each) => each !== null).map(({ call }) => call);
	const inner = steps
		.filter((step) => step.does === "launch")
		.flatMap((step) => partOf(scenario, client, project, step.task, isAgent ? task : ""));
	const unfinished = part.isCutOff === true ? calls.splice(-1) : [];
	const names = unfinished.map(({ function: name }) => name);
	return [{ tasks: [task], parent, calls, last: part.last, unfinished: names }, ...inner];
}

/** What it does to a file. A launch whose agent says that it came to nothing is a failed call. */
function expectedTo(
	scenario: Scenario,
	step: Step,
	told: Told | null,
	showsLines: boolean,
): Told | null {
	if (told === null) return null;
	if (step.does === "write" || step.does === "edit") {
		if (!showsLines) return told;
		return { ...told, call: { ...told.call, lines: linesOf(step) } };
	}
	if (step.does !== "launch") return told;
	const hasFailed = /^shipped: fail$/m.test(scenario[step.task]?.last ?? "");
	return hasFailed ? { ...told, call: { ...told.call, error: "outcome_fail" } } : told;
}

function linesOf(step: Step & { readonly does: "write" | "edit" }): string {
	if (step.does === "write") return `+${step.content.trimEnd().split("\n").length} -0`;
	return `+${step.into.length} -1`;
}

function turnsOf(
	isAgent: boolean,
	{ turns, last }: Part,
	client: RealClient,
	project: string,
): Turn[] {
	const blocks = (steps: readonly Step[]): TurnBlock[] =>
		steps
			.filter((step) => isPossible(step, isAgent, client))
			.map((step) => client.tell(step, { project }))
			.filter((told): told is Told => told !== null)
			.map(({ block }) => block);
	const end: TurnBlock =
		isAgent && client.endAgent !== undefined
			? client.endAgent(last).block
			: { type: "text", text: last };
	return [...turns.map(blocks).filter((turn) => turn.length > 0), [end]];
}

/** Who cannot launch agents leaves that, and all that comes of it, out. */
function isPossible({ does }: Step, isAgent: boolean, { nests }: RealClient): boolean {
	const isOfAgents = does === "launch" || does === "join";
	return !isOfAgents || nests === true || (nests === false && !isAgent);
}
