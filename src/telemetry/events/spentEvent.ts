import type { UsageEvent } from "../../model/events/events.ts";
import { answeredAt, type MessageRow } from "../tables/messageRow.ts";

/**
 * A request to a model, made of its row.
 *
 * @param answered when whoever asked was answered last in the conversation, see {@link answeredAt}: what
 * came later the client asked for itself
 */
export function spentEvent(row: MessageRow, client: string, answered: string): UsageEvent {
	const { tokensIn, tokensOut, cacheRead, cacheWrite5m, cacheWrite1h, costUsd, listCostUsd } = row;
	return {
		event: "usage",
		...tellerOf(row),
		client,
		v: 2,
		ts: row.ts,
		session: row.session,
		agent: row.agent ?? "",
		cwd: "",
		note: null,
		message: row.id,
		model: row.model,
		tokensIn,
		tokensOut,
		cacheRead,
		cacheWrite5m,
		cacheWrite1h,
		costUsd,
		...(listCostUsd === null ? {} : { listCostUsd }),
		isAside: (answeredAt(row.ts, row.model) ?? "") > answered,
	};
}

function tellerOf({ toldBy }: MessageRow): Pick<UsageEvent, "origin" | "via"> {
	if (toldBy === "otlp") return { origin: "hook", via: toldBy };
	return { origin: toldBy === null ? "transcript" : "hook" };
}
