import assert from "node:assert/strict";
import fc from "fast-check";
import { type ParseError, parse } from "jsonc-parser";
import { ownHandlers } from "../../../src/installer/ownHandlers.ts";
import { install, uninstall } from "../../../src/installer/settings/settingsEdit.ts";
import { NO_NOTES } from "../../../src/installer/settings/settingsEditor.ts";
import { parseSettings } from "../../../src/installer/settings/settingsText.ts";
import { settingsTexts } from "../../support/installer/settingsFiles.ts";
import { handlers, reader, wantedHooks } from "../../support/installer/wantedHooks.ts";

const wanted = wantedHooks();
/** Events with one, two and three groups of ours: enough for the many files, in a third of the time. */
const few = wantedHooks("0.2.0-aaaaaaaa", {
	handlers: handlers.filter(({ event }) => /^(?:SessionStart|PreToolUse|PostToolUse)$/.test(event)),
});

interface Group {
	readonly hooks: { type: string; command: string }[];
}

interface Settings {
	readonly hooks: Record<string, Group[]>;
}

function commandsOf({ hooks }: Group): string[] {
	return hooks.map(({ command }) => command);
}

function assertParses(text: string): void {
	const errors: ParseError[] = [];
	parse(text.replace(/^\uFEFF/, ""), errors, { allowTrailingComma: true });
	assert.deepEqual(errors, []);
}

/** Handlers of ours that a text holds, by event and script. */
function ours(text: string): string[] {
	return ownHandlers(parseSettings(text).root, reader)
		.map(({ event, script }) => `${event} ${script}`)
		.sort();
}

/** Whether a text can be had from another by taking characters out. */
function isContained(part: string, whole: string): boolean {
	let at = 0;
	for (const char of part) {
		at = whole.indexOf(char, at) + 1;
		if (at === 0) return false;
	}
	return true;
}

describe("any settings file", () => {
	const all = few.handlers.map(({ event, script }) => `${event} ${script}`).sort();

	it("gets each handler once, keeps every byte, and is as it was after taking them out", () => {
		fc.assert(
			fc.property(settingsTexts, (before) => {
				const installed = install(before, few, NO_NOTES);
				assertParses(installed.text);
				assert.deepEqual(ours(installed.text), all);
				assert.ok(isContained(before, installed.text));
				const again = install(installed.text, few, installed.notes);
				assert.equal(again.text, installed.text);
				assert.deepEqual(again.notes, installed.notes);
				assert.equal(uninstall(installed.text, reader, installed.notes).text, before);
			}),
			{ numRuns: 5000 },
		);
	});

	it("keeps what others have put between our handlers", () => {
		const places = fc.array(fc.tuple(fc.nat(), fc.nat(), fc.boolean()), { maxLength: 8 });
		fc.assert(
			fc.property(places, (added) => {
				const { text, notes } = install("{}", wanted, NO_NOTES);
				const settings: Settings = JSON.parse(text);
				const names = added.map(([event, at, isGroup], index) => {
					const all = Object.values(settings.hooks);
					const groups = all[event % all.length] ?? [];
					const handler = { type: "command", command: `other ${index}` };
					const group = groups[at % groups.length];
					if (isGroup) groups.splice(at % (groups.length + 1), 0, { hooks: [handler] });
					else group?.hooks.splice(at % (group.hooks.length + 1), 0, handler);
					return handler.command;
				});
				const left = uninstall(JSON.stringify(settings, null, 1), reader, notes).text;
				const { hooks = {} }: Partial<Settings> = JSON.parse(left);
				const kept = Object.values(hooks).flatMap((groups) => groups.flatMap(commandsOf));
				assert.deepEqual(kept.sort(), names.sort());
			}),
			{ numRuns: 300 },
		);
	});

	it("keeps what is not ours when an older version is brought up to date", () => {
		fc.assert(
			fc.property(settingsTexts, (before) => {
				const old = install(before, wantedHooks("0.1.0-00000000"), NO_NOTES);
				const now = install(old.text, wanted, old.notes);
				assert.equal(now.text, install(before, wanted, NO_NOTES).text);
				assert.equal(uninstall(now.text, reader, now.notes).text, before);
			}),
			{ numRuns: 300 },
		);
	});
});
