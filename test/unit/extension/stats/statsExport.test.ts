import assert from "node:assert/strict";
import { statsCsv, statsJson } from "../../../../src/extension/stats/statsExport.ts";
import { statsRow } from "../../../support/telemetry/functionStats.ts";

const [HEADER = ""] = statsCsv([]).split("\r\n");

describe("Exported statistics", () => {
	it("have every column of the view, in JSON and in CSV", () => {
		const columns = Object.keys(statsRow("x"));
		assert.deepEqual(HEADER.split(",").toSorted(), columns.toSorted());
		assert.equal(HEADER.startsWith("function_id,calls_total,"), true);
		const [row] = JSON.parse(statsJson([statsRow("tool:Read", { calls_total: 3 })]));
		assert.deepEqual(row, statsRow("tool:Read", { calls_total: 3 }));
	});

	it("end each CSV line with CR LF and leave unknown figures empty", () => {
		const text = statsCsv([
			statsRow("tool:Read", { calls_total: 2, error_rate: 0.5, last_used_at: 0 }),
		]);
		assert.match(text, /\r\n$/);
		assert.match(text, /\ntool:Read,2,0,0,0,0,1970-01-01T00:00:00\.000Z,0,0\.5,,,/);
	});

	it("quote what holds a comma, a quote or a line break", () => {
		const [, , quoted = ""] = /^(.*)\r\n(.*?),0,/s.exec(statsCsv([statsRow('a,"b"\nc')])) ?? [];
		assert.equal(quoted, '"a,""b""\nc"');
	});

	it("let no name become a formula", () => {
		for (const name of ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"]) {
			const [, line = ""] = statsCsv([statsRow(name)]).split(/(?<=[a-z_])\r\n/);
			assert.ok(line.replace(/^"/, "").startsWith(`'${name}`), JSON.stringify(line));
		}
	});
});
