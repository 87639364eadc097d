import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { HookLab } from "./hookLab.ts";
import type { Payload } from "./payloads.ts";
import { readRegistration, scriptsFor } from "./registration.ts";

const fixtures = join(import.meta.dirname, "../../fixtures");

/** Runs recorded from the real client, by the name of their folder under fixtures/captures. */
export const captureNames = ["background-pair", "nested-mixed"] as const;

export type CaptureName = (typeof captureNames)[number];

/** Hook payloads of a capture, in the order in which they arrived. */
export function capturedPayloads(name: CaptureName): Payload[] {
	return jsonLines(join(fixtures, "captures", name, "hooks.jsonl"));
}

/** File of the events that our hooks make of a capture. */
export function eventFile(name: CaptureName): string {
	return join(fixtures, "events", `${name}.jsonl`);
}

/** First moment of every event fixture; each event comes 100 ms after the one before. */
const FIXTURE_START = Date.UTC(2026, 0, 5, 9, 0, 0);

/** Lines that our hooks make of a capture one after the other, with made-up times. */
export async function replay(lab: HookLab, name: CaptureName): Promise<string[]> {
	const registration = readRegistration();
	for (const input of capturedPayloads(name)) {
		for (const script of scriptsFor(registration, input)) await lab.run(script, input);
	}
	return lab.lines().map((line, index) => {
		const ts = new Date(FIXTURE_START + index * 100).toISOString();
		return JSON.stringify({ ...JSON.parse(line), ts });
	});
}

function jsonLines(file: string): Payload[] {
	return readFileSync(file, "utf8")
		.split("\n")
		.filter((line) => line !== "")
		.map((line) => JSON.parse(line));
}
