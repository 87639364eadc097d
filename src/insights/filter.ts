import type { ActorColumns } from "./columns.ts";

/** What figures are limited to; absent for all. Names as the figures themselves tell them. */
export interface InsightFilter {
	readonly project?: string | undefined;
	readonly model?: string | undefined;
	readonly client?: string | undefined;
	/** `main` for orchestrators. */
	readonly agentType?: string | undefined;
	/** Session id */
	readonly session?: string | undefined;
	/** Hour of the local week, 0 to 167, from Monday midnight on. */
	readonly weekHour?: number | undefined;
}

/**
 * Whose messages and calls a filter lets through, by actor: 1 or 0.
 *
 * @param byModel calls have the model of whoever made them; messages have their own
 */
export function passingActors(
	columns: ActorColumns,
	{ project, client, agentType, session, model }: InsightFilter,
	byModel: boolean,
): Uint8Array {
	const { sessions, actors } = columns;
	const wanted = {
		project: codeOf(columns.projects, project),
		client: codeOf(columns.clients, client),
		type: codeOf(columns.types, agentType),
		model: byModel ? codeOf(columns.models, model) : null,
	};
	const isWanted = (code: number, want: number | null): boolean => want === null || code === want;
	return Uint8Array.from(actors, (actor) => {
		const own = sessions[actor.session];
		if (own === undefined || (session !== undefined && !own.within.includes(session))) return 0;
		const passes =
			isWanted(own.project, wanted.project) &&
			isWanted(own.client, wanted.client) &&
			isWanted(actor.type, wanted.type) &&
			isWanted(actor.model, wanted.model);
		return Number(passes);
	});
}

/** null: all pass; -1: none does, for there is no such name. */
export function codeOf(
	codes: { find(name: string): number },
	name: string | undefined,
): number | null {
	return name === undefined ? null : codes.find(name);
}
