import type { AgentFacts, Facts, Source } from "./facts.ts";
import type { Doubt } from "./truth.ts";

const NONE: ReadonlySet<Doubt> = new Set();

/**
 * Hooks name an agent and its launch together only when the launch has come back. Before that the
 * oldest free launch of its type is guessed; where there are several, nobody can know better:
 *
 * - an agent's parent is certain only where all of those launches have the same;
 * - which of the launches is without an agent is not certain, only how many are;
 * - where one of them has failed, so has the agent that was its own, whichever that is.
 *
 * A launch that left its type to the client may be that of any agent.
 */
export function doubtsOf(
	agent: AgentFacts,
	facts: Facts,
	sources: readonly Source[],
): ReadonlySet<Doubt> {
	if (isLinked(agent, sources)) return NONE;
	const free = facts.agents.filter(
		(each) =>
			each.session === agent.session && each.launched.isTold(sources) && !isLinked(each, sources),
	);
	const isAnyType = free.some(({ askedType }) => askedType === "");
	const rivals = isAnyType ? free : free.filter(({ type }) => type === agent.type);
	if (rivals.length < 2 || !rivals.some((each) => hasStarted(each, sources))) return NONE;
	const doubts = new Set<Doubt>();
	if (!hasStarted(agent, sources)) return doubts.add("identity").add("end");
	doubts.add("launch");
	if (new Set(rivals.map(({ parent }) => parent)).size > 1) doubts.add("parent");
	const hasFailed = ({ launchFailed }: AgentFacts) =>
		launchFailed.some(({ fact }) => fact.isTold(sources));
	if (rivals.some(hasFailed)) doubts.add("end");
	return doubts;
}

function isLinked({ linked }: AgentFacts, sources: readonly Source[]): boolean {
	return sources.some((source) => linked.has(source));
}

function hasStarted({ moments }: AgentFacts, sources: readonly Source[]): boolean {
	return moments.some(({ kind, fact }) => kind === "begin" && fact.isTold(sources));
}
