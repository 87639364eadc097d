import type { Telemetry } from "../../telemetry/api.ts";
import type { SessionCursor, SessionPage } from "../../telemetry/figures.ts";

/** What the database tells of a session, page after page; nothing where there is no database. */
export async function* pagesOf(
	telemetry: Pick<Telemetry, "sessionPage"> | null,
	session: string,
): AsyncGenerator<SessionPage["events"]> {
	let cursor: SessionCursor | null = null;
	do {
		const page: SessionPage | undefined = await telemetry?.sessionPage(session, cursor);
		yield page?.events ?? [];
		cursor = page?.next ?? null;
	} while (cursor !== null);
}
