import assert from "node:assert/strict";
import { FIRST_HOOKED, HOOKED_CLIENTS } from "../../../../src/ingest/clients/hookedClients.ts";
import { type HealthFacts, hookHealth } from "../../../../src/installer/status/hookHealth.ts";
import type { InstalledHooks } from "../../../../src/installer/status/hookStatus.ts";

const NOW = 1_800_000_000_000;
const MINUTE = 60_000;

/** When the hooks of a client wrote which event. */
function wrote(events: readonly (readonly [string, number])[], client = FIRST_HOOKED) {
	return new Map(events.length === 0 ? [] : [[client.name, new Map(events)]]);
}

const codex = HOOKED_CLIENTS.find(({ name }) => name === "codex") ?? FIRST_HOOKED;

const whole: InstalledHooks = {
	client: FIRST_HOOKED,
	scope: "user",
	file: "/home/you/.claude/settings.json",
	error: null,
	installed: 17,
	wanted: 17,
	versions: ["0.1.0-aaaaaaaa"],
	isOutdated: false,
	commands: [{ event: "Stop", script: "agent-lifecycle.sh", command: "exec sh a" }],
	missingScripts: 0,
	changedByHand: 0,
	isDisabled: null,
	isIgnored: false,
};
const without = { installed: 0, commands: [], versions: [] };
const none: InstalledHooks = { ...whole, ...without };

/** Settings of a folder, with hooks that are run by another command than those of the user. */
function settingsIn(
	folder: string,
	scope: "project" | "local",
	more: Partial<InstalledHooks> = {},
): InstalledHooks {
	const name = scope === "project" ? "settings.json" : "settings.local.json";
	const commands = whole.commands.map((each) => ({ ...each, command: "exec sh b" }));
	return { ...whole, scope, file: `${folder}/.claude/${name}`, commands, ...more };
}

function health(facts: Partial<HealthFacts>) {
	return hookHealth({
		now: NOW,
		settings: [whole],
		jqMissingAt: null,
		olderAt: null,
		transcripts: null,
		lastEvents: wrote([["tool_use", NOW - MINUTE]]),
		configFolder: "/home/you/.claude",
		...facts,
	});
}

function kinds(facts: Partial<HealthFacts>): string[] {
	return health(facts).problems.map(({ kind }) => kind);
}

function told(lastAt: number, configFolder: string | null = null) {
	return { transcripts: { lastAt, folders: new Map<string, number>(), configFolder } };
}

const nothing = { lastEvents: wrote([]) };

describe("the health of the hooks", () => {
	it("is well when they are installed and write, whatever transcripts say besides", () => {
		assert.deepEqual(kinds({}), []);
		assert.deepEqual(kinds(told(NOW - MINUTE)), []);
		assert.deepEqual(kinds(told(NOW - 10 * MINUTE)), []);
		assert.deepEqual(kinds({ settings: [whole, { ...none, scope: "local" }] }), []);
	});

	it("is well when they are installed and nothing has happened yet", () => {
		assert.deepEqual(kinds(nothing), []);
	});

	it("is well when events come from a plugin, which no settings name", () => {
		assert.deepEqual(kinds({ settings: [none] }), []);
	});

	it("tells that they are not installed", () => {
		assert.deepEqual(kinds({ settings: [none], ...nothing }), ["not_installed"]);
		assert.deepEqual(kinds({ settings: [none], ...told(NOW) }), []);
		const quiet = { lastEvents: wrote([["prompt", NOW - 10 * MINUTE]]) };
		assert.deepEqual(kinds({ settings: [none], ...quiet, ...told(NOW) }), ["not_installed"]);
	});

	it("tells of sessions whose hooks write nothing here", () => {
		const quiet = { lastEvents: wrote([["prompt", NOW - 10 * MINUTE]]) };
		assert.deepEqual(kinds({ ...quiet, ...told(NOW) }), ["silent"]);
		assert.deepEqual(kinds({ ...nothing, ...told(NOW, "/home/you/.claude") }), ["silent"]);
		assert.deepEqual(kinds({ ...nothing, ...told(NOW, "/elsewhere") }), ["wrong_home"]);
	});

	it("sessions elsewhere are no sign where hooks are in the settings of folders alone", () => {
		const quiet = { lastEvents: wrote([["tool_use", NOW - 100 * MINUTE]]) };
		const settings = [
			none,
			settingsIn("/work/a", "local"),
			settingsIn("/work/b", "local", without),
		];
		const heard = (folders: readonly (readonly [string, number])[], home = "/home/you/.claude") =>
			kinds({
				settings,
				...quiet,
				transcripts: { lastAt: NOW, folders: new Map(folders), configFolder: home },
			});
		assert.deepEqual(heard([]), []);
		assert.deepEqual(
			heard([
				["/work/b", NOW],
				["/work/ab", NOW],
			]),
			[],
		);
		assert.deepEqual(
			heard([
				["/work/a", NOW - 99 * MINUTE],
				["/work/b", NOW],
			]),
			[],
		);
		assert.deepEqual(heard([["/work/a", NOW]]), ["silent"]);
		assert.deepEqual(heard([["/work/a/", NOW]], "/elsewhere"), ["silent"]);
	});

	it("neither are they where the user's settings turn hooks off and a folder's on again", () => {
		const settings = [
			{ ...whole, isDisabled: true },
			settingsIn("/work/a", "local", { ...without, isDisabled: false }),
		];
		const quiet = { settings, lastEvents: wrote([["tool_use", NOW - 100 * MINUTE]]) };
		assert.deepEqual(kinds({ ...quiet, ...told(NOW) }), []);
		const folders = new Map([["/work/a", NOW]]);
		const transcripts = { lastAt: NOW, folders, configFolder: null };
		assert.deepEqual(kinds({ ...quiet, transcripts }), ["silent"]);
	});

	it("no hook for some minutes is no sign: a model may be writing a long answer", () => {
		const events = { lastEvents: wrote([["tool_use", NOW - 4 * MINUTE]]) };
		assert.deepEqual(kinds({ ...events, ...told(NOW) }), []);
	});

	it("tells why before it tells that", () => {
		const off = [{ ...whole, isDisabled: true }];
		assert.deepEqual(kinds({ settings: off, ...nothing, ...told(NOW) }), ["disabled"]);
		assert.deepEqual(kinds({ ...nothing, ...told(NOW), jqMissingAt: NOW - MINUTE }), [
			"jq_missing",
		]);
	});

	it("hooks are off where the setting nearest to the session says so, whose file is named", () => {
		const off = { ...whole, isDisabled: true };
		const on = { isDisabled: false };
		const project = settingsIn("/work/a", "project", without);
		const local = settingsIn("/work/a", "local", { ...without, ...on });
		assert.deepEqual(kinds({ settings: [off, project, local] }), []);
		assert.deepEqual(kinds({ settings: [off, project] }), ["disabled"]);
		const { problems } = health({
			settings: [
				{ ...whole, ...on },
				{ ...project, isDisabled: true },
				{ ...local, isDisabled: null },
			],
		});
		assert.deepEqual(
			problems.map(({ message }) => message.includes(`(${project.file})`)),
			[true],
		);
		// Of two folders, one has them back on.
		const other = settingsIn("/work/b", "local", without);
		assert.deepEqual(kinds({ settings: [off, project, local, other] }), ["disabled"]);
	});

	it("that hooks are off is nobody's concern who has none of ours", () => {
		const off = { ...none, isDisabled: true };
		assert.deepEqual(kinds({ settings: [off], ...nothing }), ["not_installed"]);
		assert.deepEqual(kinds({ settings: [off] }), ["disabled"]);
		const elsewhere = settingsIn("/work/b", "local");
		const here = settingsIn("/work/a", "project", { ...without, isDisabled: true });
		assert.deepEqual(kinds({ settings: [none, here, elsewhere], ...nothing }), []);
		// Those elsewhere have written.
		assert.deepEqual(kinds({ settings: [none, here, elsewhere] }), []);
	});

	it("a report of a missing jq is over once a hook has written, or a day has passed", () => {
		assert.deepEqual(kinds({ jqMissingAt: NOW - 2 * MINUTE }), []);
		assert.deepEqual(kinds({ jqMissingAt: NOW }), ["jq_missing"]);
		assert.deepEqual(kinds({ ...nothing, jqMissingAt: NOW - 1500 * MINUTE }), []);
	});

	it("tells what is wrong in which settings", () => {
		const flawed = { ...whole, installed: 12, isOutdated: true, missingScripts: 2 };
		const { problems } = health({ settings: [flawed, { ...none, error: "not JSON" }] });
		assert.deepEqual(
			problems.map(({ kind }) => kind),
			["scripts_missing", "incomplete", "outdated", "unreadable"],
		);
		assert.ok(problems.every(({ message }) => message.includes(whole.file)));
		assert.deepEqual(kinds({ settings: [{ ...whole, changedByHand: 1 }] }), ["changed_by_hand"]);
	});

	it("hooks in a file that the client does not read are neither installed nor called missing", () => {
		const unread = { ...whole, isIgnored: true, isOutdated: true };
		const { problems } = health({ settings: [unread], ...nothing, ...told(NOW) });
		assert.deepEqual(
			problems.map(({ message }) => message),
			[
				`Claude Code does not read ${whole.file}: it has comments or trailing commas. Remove these, or install the hooks in other settings.`,
			],
		);
		assert.deepEqual(kinds({ settings: [unread], ...told(NOW) }), ["ignored"]);
		assert.deepEqual(kinds({ settings: [whole, { ...none, isIgnored: true }] }), []);
	});

	it("tells of events that are written twice, with the settings that one session reads", () => {
		const [project, local] = [settingsIn("/work/a", "project"), settingsIn("/work/a", "local")];
		const { problems } = health({
			settings: [whole, project, settingsIn("/work/b", "local", without)],
		});
		assert.deepEqual(
			problems.map(({ kind }) => kind),
			["twice"],
		);
		assert.ok(problems[0]?.message.includes(`(${whole.file}, ${project.file})`));
		const other = local.commands.map((each) => ({ ...each, command: "exec sh c" }));
		const both = [none, project, { ...local, commands: other }];
		assert.deepEqual(kinds({ settings: both }), ["twice"]);
	});

	it("the same command in two settings is run once, and another event is another matter", () => {
		const { commands } = whole;
		const same = settingsIn("/work/a", "local", { commands });
		assert.deepEqual(kinds({ settings: [whole, same] }), []);
		const elsewhere = commands.map((each) => ({ ...each, event: "SessionEnd", command: "b" }));
		const apart = settingsIn("/work/a", "local", { commands: elsewhere });
		assert.deepEqual(kinds({ settings: [whole, apart] }), []);
	});

	it("no session reads the settings of two folders, or those that the client passes over", () => {
		const folders = [settingsIn("/work/a", "local"), settingsIn("/work/b", "project")];
		const [first] = folders[0]?.commands ?? [];
		assert.ok(first !== undefined);
		const changed = { commands: [{ ...first, command: "exec sh c" }] };
		const apart = [none, ...folders, settingsIn("/work/c", "local", changed)];
		assert.deepEqual(kinds({ settings: apart }), []);
		const unread = settingsIn("/work/a", "project", { isIgnored: true });
		assert.deepEqual(kinds({ settings: [whole, unread] }), ["ignored"]);
	});

	it("tells of hooks of an older kind for a day after they wrote", () => {
		assert.deepEqual(kinds({ olderAt: NOW - MINUTE }), ["older_hooks"]);
		assert.deepEqual(kinds({ olderAt: NOW - 1500 * MINUTE }), []);
		const flawed = { settings: [{ ...whole, changedByHand: 1 }], olderAt: NOW };
		assert.deepEqual(kinds(flawed), ["changed_by_hand", "older_hooks"]);
	});

	it("tells when each script wrote last", () => {
		const lastEvents = wrote([
			["tool_use", NOW - 5],
			["tool_result", NOW - 3],
			["agent_stop", NOW - 9],
			["prompt", 0],
		]);
		const { scripts, lastAt } = health({ lastEvents });
		const times = Object.fromEntries(scripts.map(({ script, lastAt: at }) => [script, at]));
		assert.equal(lastAt, NOW - 3);
		assert.equal(times["tool-use-event.sh"], NOW - 3);
		assert.equal(times["agent-lifecycle.sh"], NOW - 9);
		assert.equal(times["skill-record.sh"], null);
	});

	describe("of other clients", () => {
		const own = { ...whole, client: codex, file: "/home/you/.codex/hooks.json" };
		const heard = wrote([["tool_use", NOW - MINUTE]]);
		const trusted = new Map([...heard, ...wrote([["tool_use", NOW]], codex)]);

		it("is no trouble where none are installed", () => {
			assert.deepEqual(kinds({ settings: [whole, { ...own, ...without }] }), []);
		});

		it("is told apart, and by whose settings it is", () => {
			const settings = [whole, { ...own, installed: 3, isOutdated: true }];
			assert.deepEqual(
				health({ settings, lastEvents: trusted }).problems.map(({ message }) =>
					message.slice(0, 12),
				),
				["Codex: Some ", "Codex: Hooks"],
			);
			assert.deepEqual(kinds({ settings: [whole, own], lastEvents: trusted }), []);
		});

		it("asks for trust until their hooks have written", () => {
			const [problem, ...more] = health({ settings: [whole, own], lastEvents: heard }).problems;
			assert.deepEqual([problem?.kind, more], ["untrusted", []]);
			assert.match(problem?.message ?? "", /^Codex: New hooks run once they are trusted/);
		});

		it("says nothing of Claude Code's, nor the other way round", () => {
			const events = wrote([["tool_use", NOW]], codex);
			assert.deepEqual(kinds({ settings: [none, own], lastEvents: events }), ["not_installed"]);
			const twice = { ...own, commands: [{ ...own.commands[0], command: "exec sh b" }] };
			assert.deepEqual(
				kinds({ settings: [whole, twice as InstalledHooks], lastEvents: trusted }),
				[],
			);
		});
	});
});
