import assert from "node:assert/strict";
import { factsOf, result } from "./records.ts";

interface How {
	readonly success?: boolean;
	readonly fields?: object;
	readonly answer?: object;
	readonly input?: object;
}

export async function verdictsOf(
	command: string,
	output: string,
	how: How = {},
): Promise<string[]> {
	const { input, ...more } = how as { input?: object };
	const record = result("c1", { input: { command, ...input }, output, ...more });
	const { tests } = await factsOf(record);
	return tests.map(({ testId, passed }) => `${passed ? "passed" : "failed"} ${testId}`);
}

type Case = readonly [command: string, output: string, expected: readonly string[], how?: How];

export const PASSED = ["passed *"];
export const FAILED = ["failed *"];
export const UNKNOWN: readonly string[] = [];
export const FAILS: How = { success: false };

export const allSkipped = (command: string, output: string): Case => [command, output, UNKNOWN];

/** A test for each command with its output: what is known then of whether tests passed. */
export function itTells(groups: Readonly<Record<string, readonly Case[]>>): void {
	for (const [title, cases] of Object.entries(groups)) {
		describe(title, () => {
			for (const [command, output, expected, how] of cases) {
				it(`${JSON.stringify(command)}: ${JSON.stringify(output.slice(0, 60))}`, async () => {
					assert.deepEqual(await verdictsOf(command, output, how), expected);
				});
			}
		});
	}
}
