import { clientTitle } from "../../ingest/clients/clientIdentities.ts";
import type { RecordedSession } from "../../telemetry/figures.ts";

/** What sessions can be filtered by, in the order in which it is offered. */
export const FACETS = ["folder", "branch", "client", "model", "agentType"] as const;
export type Facet = (typeof FACETS)[number];

/** Values of which a session has to have one; none: any will do. */
export type SessionFilter = Readonly<Record<Facet, ReadonlySet<string>>>;

export const NO_FILTER: SessionFilter = {
	folder: new Set(),
	branch: new Set(),
	client: new Set(),
	model: new Set(),
	agentType: new Set(),
};

/** @param branch empty where it is not known */
function facetsOf(
	{ cwd, client, model, agentTypes }: RecordedSession,
	branch: string,
): Readonly<Record<Facet, readonly string[]>> {
	return {
		folder: cwd === null ? [] : [cwd],
		branch: branch === "" ? [] : [branch],
		client: client === "" ? [] : [clientTitle(client)],
		model: model === null ? [] : [model],
		agentType: agentTypes,
	};
}

export function passes(filter: SessionFilter, session: RecordedSession, branch: string): boolean {
	const values = facetsOf(session, branch);
	return FACETS.every(
		(facet) => filter[facet].size === 0 || values[facet].some((value) => filter[facet].has(value)),
	);
}

/** A value that sessions can be filtered by, and how many have it. */
export interface FacetValue {
	readonly facet: Facet;
	readonly value: string;
	readonly count: number;
}

/** Every value there is, by facet, most sessions first. */
export function facetValues(
	sessions: readonly RecordedSession[],
	branchOf: (session: string) => string,
): FacetValue[] {
	return FACETS.flatMap((facet) => {
		const counts = new Map<string, number>();
		for (const session of sessions) {
			for (const value of facetsOf(session, branchOf(session.id))[facet]) {
				counts.set(value, (counts.get(value) ?? 0) + 1);
			}
		}
		return [...counts]
			.map(([value, count]) => ({ facet, value, count }))
			.sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1));
	});
}

/** What the view says above its rows; empty where all sessions are shown. */
export function filterText(filter: SessionFilter): string {
	return FACETS.flatMap((facet) => [...filter[facet]]).join(", ");
}
