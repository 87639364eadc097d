/** An id in a report that leads to a transcript. */
export interface ReportId {
	/** Line and first character, from 0. */
	readonly line: number;
	readonly start: number;
	readonly length: number;
	readonly session: string;
	/** Empty for the session's own. */
	readonly agent: string;
	/** tool_use_id; empty for none. */
	readonly call: string;
}

const ID = "`([A-Za-z0-9_-]{1,128})`";
/** Session, agent and call in a row of a table of calls, in the order of their columns. */
const ROW = new RegExp(`^\\|(?:[^|\`]*\\|)+? ${ID} \\| (?:orchestrator|${ID}) \\| ${ID} \\|`);

/** The ids of sessions, agents and calls in the tables of a report; nothing else can be one. */
export function reportIds(text: string): ReportId[] {
	return text.split("\n").flatMap((row, line) => {
		const [whole, session, agent = "", call] = ROW.exec(row) ?? [];
		if (whole === undefined || session === undefined || call === undefined) return [];
		let from = 0;
		const at = (id: string, owner: Pick<ReportId, "agent" | "call">): ReportId[] => {
			if (id === "") return [];
			const start = row.indexOf(`\`${id}\``, from) + 1;
			from = start + id.length;
			return [{ line, start, length: id.length, session, ...owner }];
		};
		return [
			...at(session, { agent: "", call: "" }),
			...at(agent, { agent, call: "" }),
			...at(call, { agent, call }),
		];
	});
}
