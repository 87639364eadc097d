import { realClients } from "./all.ts";
import { provedRuns } from "./proof.ts";
import { ASPECTS } from "./verdict.ts";

const HEAD = ["client", "version", "run", ...ASPECTS];
const BETWEEN = /(<!-- proof -->\n)([\s\S]*?)(<!-- end of proof -->)/;

/**
 * The document with these rows in its table; those of other clients and runs stay as they were proved.
 *
 * @throws Error where it has no place for the table
 */
export function withProof(document: string, rows: readonly (readonly string[])[]): string {
	const [, , before] = BETWEEN.exec(document) ?? [];
	if (before === undefined) throw new Error("no place for the proof");
	const known = new Map(
		[...rowsIn(before), ...rows].map((row) => [keyOf(row[0] ?? "", row[2] ?? ""), row] as const),
	);
	const ordered = [...realClients.keys()].flatMap((client) =>
		provedRuns.flatMap(({ title }) => {
			const row = known.get(keyOf(client, title));
			return row === undefined ? [] : [row];
		}),
	);
	const table = [HEAD, HEAD.map(() => "---"), ...ordered].map(
		(cells) => `| ${cells.join(" | ")} |`,
	);
	return document.replace(BETWEEN, `$1\n${table.join("\n")}\n\n$3`);
}

function rowsIn(table: string): string[][] {
	return table
		.split("\n")
		.filter((line) => line.startsWith("| "))
		.slice(2)
		.map((line) =>
			line
				.slice(1, -1)
				.split("|")
				.map((cell) => cell.trim()),
		);
}

function keyOf(client: string, run: string): string {
	return `${client}|${run}`;
}
