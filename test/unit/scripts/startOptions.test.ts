import assert from "node:assert/strict";
import { parseOptions } from "../../../scripts/start/options.ts";

describe("the arguments of npm start", () => {
	it("default to the user's own log, the usual port and no demo", () => {
		const options = parseOptions([], "/home/dev");
		assert.equal(options.port, undefined);
		assert.equal(options.eventsFile, undefined);
		assert.equal(options.isDemo, false);
		assert.equal(options.isDesktop, false);
	});

	it("take a log relative to where the command was given", () => {
		const { eventsFile } = parseOptions(["--events-file", "logs/e.jsonl"], "/home/dev");
		assert.equal(eventsFile, "/home/dev/logs/e.jsonl");
	});

	it("take a port", () => {
		assert.equal(parseOptions(["--port", "8080"], "/").port, 8080);
	});

	for (const args of [
		["--port", "eighty"],
		["--port", "0"],
		["--port", "65536"],
		["--port"],
		["--events-file", ""],
		["--no-such-option"],
		["stray"],
		["--desktop", "--port", "8080"],
	]) {
		it(`refuse ${args.join(" ")}`, () => {
			assert.throws(() => parseOptions(args, "/"));
		});
	}
});
