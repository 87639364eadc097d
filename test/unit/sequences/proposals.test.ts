import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import type { Proposal } from "../../../src/sequences/learned.ts";
import { PROPOSAL_KINDS, type ProposalKind } from "../../../src/sequences/proposals/kinds.ts";
import { byKind, shortList } from "../../../src/sequences/proposals/shortList.ts";
import { DEFAULT_THRESHOLDS, thresholdsOf } from "../../../src/sequences/proposals/thresholds.ts";
import { followUpText, savingText } from "../../../src/sequences/texts/effectText.ts";

const MINUTE = 60_000;

function proposal(kind: ProposalKind, saves: number, more: Partial<Proposal> = {}): Proposal {
	return {
		hash: `${kind} ${saves}`,
		kind,
		target: "x",
		status: "open",
		createdAt: 0,
		decidedAt: null,
		savesPerWeekMs: saves,
		followUp: null,
		evidence: { functionIds: [], calls: [], failedTests: [], figures: {} },
		...more,
	};
}

const hashes = (proposals: readonly Proposal[]): string[] => proposals.map(({ hash }) => hash);

describe("Proposals that are shown unasked", () => {
	const many = PROPOSAL_KINDS.flatMap((kind) => [3, 1, 2].map((saves) => proposal(kind, saves)));

	it("are seven at most, the best of each kind that saves time before the second best", () => {
		assert.deepEqual(hashes(shortList(many)), [
			"fix_function 3",
			"new_pipeline 3",
			"extract_function 3",
			"re_extract_skill 3",
			"fix_function 2",
			"new_pipeline 2",
			"extract_function 2",
		]);
		assert.equal(shortList([]).length, 0);
	});

	it("leave room for what tidies up only where little else is proposed", () => {
		const few = [proposal("archive_skill", 0), proposal("fix_function", 9)];
		assert.deepEqual(hashes(shortList(few)), ["fix_function 9", "archive_skill 0"]);
	});

	it("are grouped by kind, fixes first, and within by what they save", () => {
		const groups = byKind([proposal("new_pipeline", 5), ...many]);
		assert.deepEqual(
			groups.map(({ kind }) => kind),
			[...PROPOSAL_KINDS],
		);
		assert.deepEqual(hashes(groups[1]?.proposals ?? []), [
			"new_pipeline 5",
			"new_pipeline 3",
			"new_pipeline 2",
			"new_pipeline 1",
		]);
	});

	it("are open ones", () => {
		assert.deepEqual(shortList([proposal("fix_function", 1, { status: "dismissed" })]), []);
	});
});

describe("The effect of a proposal in words", () => {
	it("says about how much it would save, or that it tidies up", () => {
		const said = [0, 20_000, 14 * MINUTE + 3000, 125 * MINUTE].map((savesPerWeekMs) =>
			savingText({ savesPerWeekMs }),
		);
		assert.deepEqual(said, [
			"tidies up",
			"would save less than 1 m a week",
			"would save about 14 m a week",
			"would save about 2 h a week",
		]);
	});

	it("says what came of it, with counts", () => {
		const text = followUpText({
			spanMs: 12 * 24 * 60 * MINUTE,
			before: { calls: 1040, errors: 10, meanDurationMs: 2900 },
			after: { calls: 12, errors: 1, meanDurationMs: null },
		});
		assert.equal(
			text,
			"since then 12 calls (1,040 before), 1 error (10), unknown on average (2.9 s), in 12 days each",
		);
		const none = { calls: 0, errors: 0, meanDurationMs: null };
		assert.equal(
			followUpText({ spanMs: MINUTE, before: none, after: none }),
			"no calls since then, nor in the 1 minute before",
		);
	});
});

describe("Thresholds", () => {
	const manifest = JSON.parse(
		readFileSync(new URL("../../../package.json", import.meta.url), "utf8"),
	);
	const settings = Object.entries<Record<string, unknown>>(
		manifest.contributes.configuration.properties,
	).flatMap(([name, setting]) => {
		const [, own] = /^agentLiveGraph\.learning\.(.*)$/.exec(name) ?? [];
		return own === undefined ? [] : [[own, setting] as const];
	});
	const by = (what: string) => {
		const values = Object.fromEntries(settings.map(([name, setting]) => [name, setting[what]]));
		return { values, checked: thresholdsOf((name) => values[name]) };
	};

	it("are settings of the same names, defaults and ranges", () => {
		assert.deepEqual(by("default").values, DEFAULT_THRESHOLDS);
		for (const end of ["minimum", "maximum"]) assert.deepEqual(by(end).checked, by(end).values);
	});

	it("are held within their ranges, and by default where they are no numbers", () => {
		assert.deepEqual(
			thresholdsOf(() => -1e9),
			by("minimum").values,
		);
		assert.deepEqual(
			thresholdsOf(() => 1e9),
			by("maximum").values,
		);
		for (const wrong of ["7", null, Number.NaN, {}]) {
			assert.deepEqual(
				thresholdsOf(() => wrong),
				DEFAULT_THRESHOLDS,
			);
		}
	});
});
