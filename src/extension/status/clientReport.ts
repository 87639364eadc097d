import { type ClientRow, notUnderstoodText } from "../../telemetry/queries/clientCounts.ts";
import { code, table } from "../reportMarkdown.ts";

/** What was read of each client, as Markdown. */
export function clientReport(rows: readonly ClientRow[]): string {
	if (rows.length === 0) return "";
	return [
		"## Clients\n",
		table(
			["client", "files", "sessions", "calls", "versions of the newest files", "not understood"],
			rows.map((row) => [
				code(row.title),
				row.files.toLocaleString("en-US"),
				row.sessions.toLocaleString("en-US"),
				row.calls.toLocaleString("en-US"),
				row.versions.map(code).join(", "),
				notUnderstoodText(row),
			]),
		),
	].join("\n");
}
