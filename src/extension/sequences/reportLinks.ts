import type { ReportId } from "./reportIds.ts";
import { reportIds } from "./reportIds.ts";

/** An id as clients make them. */
const ID = /^[A-Za-z0-9_-]{1,128}$/;
/** What the path of such an address is. */
const PATH = "/transcript";

/**
 * A report whose ids are links to the transcripts, in its preview as in its text.
 *
 * @param base address of the extension, such as `vscode://publisher.name`
 */
export function withTranscriptLinks(report: string, base: string): string {
	const lines = report.split("\n");
	// From behind, so that what stands before keeps its place.
	for (const id of reportIds(report).reverse()) {
		const line = lines[id.line] ?? "";
		const [from, to] = [id.start - 1, id.start + id.length + 1];
		const address = `${base}${PATH}?${queryOf(id)}`;
		lines[id.line] = `${line.slice(0, from)}[${line.slice(from, to)}](${address})${line.slice(to)}`;
	}
	return lines.join("\n");
}

/** Whose transcript such an address means, and at which call; null for one that no report has. */
export function readTranscriptLink(uri: {
	readonly path: string;
	readonly query: string;
}): Pick<ReportId, "session" | "agent" | "call"> | null {
	if (uri.path !== PATH) return null;
	const fields = new URLSearchParams(uri.query);
	const [session = "", agent = "", call = ""] = ["session", "agent", "call"].map(
		(name) => fields.get(name) ?? "",
	);
	const areIds = ID.test(session) && [agent, call].every((id) => id === "" || ID.test(id));
	return areIds ? { session, agent, call } : null;
}

function queryOf({ session, agent, call }: ReportId): string {
	return new URLSearchParams({ session, agent, call }).toString();
}
