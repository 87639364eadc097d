import assert from "node:assert/strict";
import { parse } from "jsonc-parser";
import { hookCommand } from "../../../../src/installer/hookCommand.ts";
import { ownHandlers } from "../../../../src/installer/ownHandlers.ts";
import { install, uninstall } from "../../../../src/installer/settings/settingsEdit.ts";
import { NO_NOTES } from "../../../../src/installer/settings/settingsEditor.ts";
import { SettingsError } from "../../../../src/installer/settings/settingsError.ts";
import { parseSettings } from "../../../../src/installer/settings/settingsText.ts";
import { handlers, reader, wantedHooks } from "../../../support/installer/wantedHooks.ts";

const wanted = wantedHooks();
const old = wantedHooks("0.1.0-00000000");

function installed(text: string) {
	return install(text, wanted, NO_NOTES);
}

describe("installing into settings", () => {
	it("says how much it changes", () => {
		const { added, upgraded, removed } = installed("{}");
		assert.deepEqual([added, upgraded, removed], [handlers.length, 0, 0]);
	});

	it("registers the hooks of the contract and never those that would do harm", () => {
		const { hooks } = JSON.parse(installed("").text);
		assert.ok(!("WorktreeCreate" in hooks) && !("MessageDisplay" in hooks));
		assert.deepEqual(Object.keys(hooks), [...new Set(handlers.map(({ event }) => event))]);
	});

	it("looks like the rest of the file", () => {
		const { text } = installed('{\r\n\t"model": "x"\r\n}\r\n');
		assert.match(text, /^\{\r\n\t"model": "x",\r\n\t"hooks": \{\r\n\t\t"SessionStart": \[\r\n/);
		assert.doesNotMatch(text, /[^\r]\n/);
		assert.ok(text.endsWith("\r\n\t}\r\n}\r\n"));
		assert.doesNotMatch(installed('{"a":1}').text, /[\n ]{2}/);
	});

	it("puts its groups behind those that are there", () => {
		const before = '{"hooks": {"Stop": [{"hooks": [{"type": "command", "command": "bell"}]}]}}';
		const { Stop } = JSON.parse(installed(before).text).hooks;
		assert.equal(Stop[0].hooks[0].command, "bell");
		assert.equal(Stop.length, 1 + handlers.filter(({ event }) => event === "Stop").length);
	});

	it("refuses what it can not read, with the place", () => {
		const wrong: [string, RegExp][] = [
			['{\n  "a": 1\n  "b": 2\n}', /line 3, column 3: comma expected/],
			['{"a": ', /line 1, column 7/],
			["[]", /line 1, column 1: not a JSON object/],
			['{"hooks": []}', /column 11: hooks is not an object/],
			['{"hooks": {"Stop": {}}}', /column 20: hooks.Stop is not a list/],
			["// nothing else", /line 1/],
			["[".repeat(100_000), /too deep|line 1/],
		];
		for (const [text, message] of wrong) {
			assert.throws(
				() => installed(text),
				(error) => error instanceof SettingsError && message.test(error.message),
				text.slice(0, 40),
			);
		}
	});

	it("the last of two equal keys counts, as it does for the client", () => {
		const { text } = installed('{"hooks": 1, "hooks": {}}');
		assert.equal(ownHandlers(parseSettings(text).root, reader).length, handlers.length);
		assert.match(text, /^\{"hooks": 1, /);
	});
});

describe("what is installed already", () => {
	it("counts however it is spelt", () => {
		const spelt = installed("{}").text.replaceAll(
			/\[ ! -f [^|]+\|\| exec sh \\"\/home\/you/g,
			'sh \\"$HOME/',
		);
		const again = installed(spelt);
		assert.deepEqual([again.added, again.upgraded, again.text], [0, 0, spelt]);
	});

	it("is brought up to date where it stands", () => {
		const before = install('{"hooks": {"Stop": [ ]}}', old, NO_NOTES).text;
		const between = before.replace('"SessionEnd"', '"Other": [], "SessionEnd"');
		const { text, added, upgraded } = installed(between);
		assert.deepEqual([added, upgraded], [0, handlers.length]);
		assert.equal(text, between.replaceAll("0.1.0-00000000", "0.2.0-aaaaaaaa"));
	});

	it("is brought up to date with what this version waits for and matches", () => {
		const asynchronous = old.handlers.map((handler) => ({
			...handler,
			isAsync: !handler.isAsync,
			...(handler.matcher === undefined ? {} : { matcher: "^Old$" }),
		}));
		const before = install("{}", { ...old, handlers: asynchronous }, NO_NOTES).text;
		const settings = JSON.parse(installed(before).text);
		const fresh = JSON.parse(installed("{}").text);
		const plain = JSON.stringify(settings).replaceAll(',"async":false', "");
		assert.equal(plain, JSON.stringify(fresh));
	});

	it("stays once where it was there twice", () => {
		const { text: once } = installed("{}");
		const twice = JSON.parse(once);
		twice.hooks.PreToolUse.push(...structuredClone(twice.hooks.PreToolUse));
		const { text, removed } = installed(JSON.stringify(twice));
		assert.equal(removed, 2);
		assert.deepEqual(JSON.parse(text), JSON.parse(once));
	});

	it("is left alone where somebody has put something else into it", () => {
		const command = `${hookCommand(old.folder, "agent-lifecycle.sh")}; bell`;
		const group = { hooks: [{ type: "command", command }] };
		const before = JSON.stringify({ hooks: { SessionStart: [group] } });
		const { text, added } = installed(before);
		assert.equal(added, handlers.length - 1);
		assert.deepEqual(JSON.parse(text).hooks.SessionStart, [group]);
		assert.equal(uninstall(text, reader, NO_NOTES).text.includes("; bell"), true);
	});
});

describe("taking the hooks out", () => {
	it("leaves what came in the meantime", () => {
		const { text, notes } = installed('{\n  "model": "x"\n}\n');
		const later = text.replace(
			'"Stop": [',
			'"Stop": [\n      {"hooks": [{"type": "command", "command": "bell"}]},',
		);
		const left = JSON.parse(uninstall(later, reader, notes).text);
		assert.deepEqual(left, {
			model: "x",
			hooks: { Stop: [{ hooks: [{ type: "command", command: "bell" }] }] },
		});
	});

	it("leaves handlers that somebody has put into a group of ours", () => {
		const { text, notes } = installed("{}");
		const settings = JSON.parse(text);
		settings.hooks.Stop[0].hooks.push({ type: "command", command: "bell" });
		const left = JSON.parse(uninstall(JSON.stringify(settings), reader, notes).text);
		assert.deepEqual(left, {
			hooks: { Stop: [{ hooks: [{ type: "command", command: "bell" }] }] },
		});
	});

	it("without notes leaves the containers, which may not be ours", () => {
		const { text } = installed("{}");
		const { hooks } = JSON.parse(uninstall(text, reader, NO_NOTES).text);
		assert.deepEqual(hooks.Stop, []);
	});

	it("leaves what stands behind them on a line, where a comment ends the line before", () => {
		const command = hookCommand(wanted.folder, "agent-lifecycle.sh");
		const ours = JSON.stringify({ hooks: [{ type: "command", command }] });
		const theirs = JSON.stringify({ hooks: [{ type: "command", command: "bell" }] });
		const texts = [
			`{"hooks": {"Stop": [ // graph\n  ${ours}]}}\n`,
			`{"hooks": {"Stop": [\n  // graph, and a bell\n  ${ours}, ${theirs}\n]}}\n`,
		];
		const left = texts.map((text) => uninstall(text, reader, NO_NOTES).text);
		assert.deepEqual(
			left.map((text) => parse(text)),
			[{ hooks: { Stop: [] } }, { hooks: { Stop: [JSON.parse(theirs)] } }],
		);
		for (const text of left) parseSettings(text);
		assert.ok(left.every((text) => text.includes("// graph")));
	});

	it("changes nothing where there is nothing of ours", () => {
		for (const text of ["", "{}", '{"hooks": {"Stop": [1, null, {"hooks": 3}]}} // x']) {
			assert.deepEqual(uninstall(text, reader, NO_NOTES).text, text);
		}
	});
});
