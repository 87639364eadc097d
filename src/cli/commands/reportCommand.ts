import { createHash } from "node:crypto";
import { writeFileSync } from "node:fs";
import * as path from "node:path";
import { version } from "../../../package.json";
import type { FunctionsQuery, InsightQuery } from "../../insights/insights.ts";
import { grainOf } from "../../insights/period.ts";
import { reportCsv } from "../../report/csvReport.ts";
import { reportHtml } from "../../report/htmlReport.ts";
import { reportMarkdown } from "../../report/markdownReport.ts";
import type { PeriodReport } from "../../report/report.ts";
import { STYLE } from "../../report/style.ts";
import { InsightsReader } from "../../telemetry/insights/insightsReader.ts";
import { readProposals } from "../../telemetry/learning/proposalTable.ts";
import { readSequences } from "../../telemetry/learning/sequenceTable.ts";
import { SnapshotFile } from "../../telemetry/storage/file/snapshotFile.ts";
import type { TelemetryStore } from "../../telemetry/storage/store.ts";
import {
	CliFailure,
	type Command,
	databaseOption,
	type OptionValues,
	UsageError,
} from "../command.ts";
import type { CliContext } from "../context.ts";
import { openToRead } from "../database.ts";
import { databaseFileOf, givenPath } from "../paths.ts";
import { sinceOf } from "../since.ts";

const FORMATS: Readonly<Record<string, (report: PeriodReport) => string>> = {
	md: reportMarkdown,
	html: (report) => reportHtml(report, createHash("sha256").update(STYLE).digest("base64")),
	json: (report) => `${JSON.stringify(report, null, "\t")}\n`,
	csv: reportCsv,
};
const TOP_FUNCTIONS = 20;
const TOP_SEQUENCES = 50;
const SINCE = "30d";

export const reportCommand: Command = {
	name: "report",
	summary: "Prints usage, cost, failures, sequences and proposals of a period",
	options: {
		since: {
			type: "string",
			value: "WHEN",
			help: `hours (24h), days (7d), weeks (2w) or a date; otherwise ${SINCE}`,
		},
		repo: { type: "string", value: "DIR", help: "only sessions of this repository" },
		client: { type: "string", value: "NAME", help: "only sessions of this client" },
		format: { type: "string", value: "FORMAT", help: "md (otherwise), html, json or csv" },
		out: { type: "string", value: "FILE", help: "write it there in place of printing it" },
		db: databaseOption,
	},

	async run(values, context) {
		const format = FORMATS[String(values.format ?? "md")];
		if (format === undefined) {
			throw new UsageError(`--format needs one of ${Object.keys(FORMATS).join(", ")}`);
		}
		const query = queryOf(values, context);
		const file = new SnapshotFile(databaseFileOf(values, context));
		const bytes = file.read();
		if (bytes === null) throw new CliFailure(`no database at ${file.path}`);
		const store = await openToRead(bytes, context);
		try {
			const text = format(await reportOf(store, query, context));
			write(text, givenPath(values, "out", context), context);
		} finally {
			store.close();
		}
	},
};

function queryOf(values: OptionValues, context: CliContext): InsightQuery {
	const project = givenPath(values, "repo", context);
	const { client } = values;
	const period = sinceOf(String(values.since ?? SINCE), context.now());
	return {
		...period,
		grain: grainOf(period),
		filter: {
			...(project === undefined ? {} : { project }),
			...(typeof client === "string" ? { client } : {}),
		},
	};
}

async function reportOf(
	store: TelemetryStore,
	query: InsightQuery,
	context: CliContext,
): Promise<PeriodReport> {
	const reader = new InsightsReader(() => store, context.now);
	const table = async (sortedBy: FunctionsQuery["sortedBy"]) =>
		reader.functions({
			...query,
			sortedBy,
			isDescending: true,
			text: "",
			prefix: "",
			withUnused: false,
			offset: 0,
			limit: TOP_FUNCTIONS,
		});
	try {
		const [insights, failing, slowest] = [
			await reader.insights(query),
			await table("errors"),
			await table("p95Ms"),
		];
		return {
			generatedAt: context.now(),
			version,
			repository: query.filter.project ?? "",
			insights,
			calls: failing.all,
			failing: failing.rows.filter(({ errors }) => errors > 0),
			slowest: slowest.rows.filter(({ p95Ms }) => p95Ms !== null),
			sequences: readSequences(store, TOP_SEQUENCES),
			proposals: readProposals(store, context.now()),
		};
	} finally {
		reader.dispose();
	}
}

function write(text: string, file: string | undefined, context: CliContext): void {
	if (file === undefined) {
		context.print(text.trimEnd());
		return;
	}
	writeFileSync(file, text, { mode: 0o600 });
	context.note(`wrote ${path.relative(context.cwd, file) || file}`);
}
