import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import {
	chmodSync,
	existsSync,
	lstatSync,
	mkdirSync,
	readdirSync,
	readFileSync,
	rmSync,
	statSync,
	symlinkSync,
	writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { FIRST_HOOKED, HOOKED_CLIENTS } from "../../../src/ingest/clients/hookedClients.ts";
import { placeHooks, readHookPackage } from "../../../src/installer/hookFiles.ts";
import { HookInstaller } from "../../../src/installer/installer.ts";
import {
	clientsHere,
	type Machine,
	settingsPlaces,
} from "../../../src/installer/settings/places.ts";
import {
	readSettingsFile,
	writeSettingsFile,
} from "../../../src/installer/settings/settingsFile.ts";
import { inspectSettings } from "../../../src/installer/status/hookStatus.ts";
import { hooksFolder } from "../../support/hooks/hookLab.ts";
import { useTempFolder } from "../../support/tempFolder.ts";

const yes = async () => true;

describe("the folder of the hooks", () => {
	const folder = useTempFolder();

	it("is named by version and content, and holds what the scripts need and nothing else", async () => {
		const hooks = await readHookPackage(hooksFolder, "1.2.3");
		const placed = await placeHooks(hooks, folder.file("hooks"));
		assert.match(placed, /hooks[/\\]1\.2\.3-[0-9a-f]{8}$/);
		assert.deepEqual(readdirSync(folder.file("hooks")), [hooks.version]);
		const names = readdirSync(placed).sort();
		const scripts = readdirSync(hooksFolder).filter((name) => name.endsWith(".sh"));
		assert.deepEqual(names, [...scripts, "lib"].sort());
		assert.deepEqual(readdirSync(join(placed, "lib")), readdirSync(join(hooksFolder, "lib")));
	});

	it("is mended where a file is lost or changed, and others are left alone", async () => {
		const hooks = await readHookPackage(hooksFolder, "1.2.3");
		const old = folder.file("hooks/1.0.0-00000000");
		mkdirSync(old, { recursive: true });
		const placed = await placeHooks(hooks, folder.file("hooks"));
		writeFileSync(join(placed, "tool-use-event.sh"), "half of");
		rmSync(join(placed, "lib", "common.jq"));
		assert.equal(await placeHooks(hooks, folder.file("hooks")), placed);
		for (const [name, bytes] of hooks.files) {
			assert.ok(readFileSync(join(placed, name)).equals(Buffer.from(bytes)), name);
		}
		assert.ok(existsSync(old));
		assert.deepEqual(readdirSync(folder.file("hooks")).sort(), ["1.0.0-00000000", hooks.version]);
	});

	it("is one when many place it at the same time", async () => {
		const hooks = await readHookPackage(hooksFolder, "1.2.3");
		await Promise.all(Array.from({ length: 8 }, () => placeHooks(hooks, folder.file("hooks"))));
		assert.deepEqual(readdirSync(folder.file("hooks")), [hooks.version]);
	});
});

describe("a settings file", () => {
	const folder = useTempFolder();
	const file = () => folder.file("settings.json");

	it("is not written over when it has changed since it was read", async () => {
		writeFileSync(file(), "{}");
		const snapshot = await readSettingsFile(file());
		writeFileSync(file(), '{"other": 1}');
		assert.equal(await writeSettingsFile(snapshot, "ours"), false);
		assert.equal(readFileSync(file(), "utf8"), '{"other": 1}');
		assert.equal(await writeSettingsFile(snapshot, null), false);
		assert.deepEqual(readdirSync(folder.path), ["settings.json"]);
	});

	it("is not made over one that has come since", async () => {
		const snapshot = await readSettingsFile(file());
		writeFileSync(file(), "theirs");
		assert.equal(await writeSettingsFile(snapshot, "ours"), false);
		assert.equal(readFileSync(file(), "utf8"), "theirs");
	});

	it("keeps its mode, and a new one is the user's alone", async () => {
		writeFileSync(file(), "{}");
		chmodSync(file(), 0o664);
		await writeSettingsFile(await readSettingsFile(file()), "{ }");
		assert.equal(statSync(file()).mode & 0o777, 0o664);
		const fresh = folder.file("deep/new.json");
		await writeSettingsFile(await readSettingsFile(fresh), "{}");
		assert.equal(statSync(fresh).mode & 0o777, 0o600);
	});

	it("is left alone when it is no regular file, which a rename would put an end to", async () => {
		mkdirSync(folder.file("folder"));
		execFileSync("mkfifo", [folder.file("pipe")]);
		for (const name of ["folder", "pipe"]) {
			await assert.rejects(readSettingsFile(folder.file(name)), /not a regular file/);
		}
		const snapshot = await readSettingsFile(file());
		execFileSync("mkfifo", [file()]);
		await assert.rejects(writeSettingsFile(snapshot, "{}"), /not a regular file/);
		assert.ok(lstatSync(file()).isFIFO());
		assert.deepEqual(readdirSync(folder.path).sort(), ["folder", "pipe", "settings.json"]);
	});

	it("is made where a link points that has no file yet", async () => {
		symlinkSync(folder.file("real.json"), file());
		await writeSettingsFile(await readSettingsFile(file()), "{}");
		assert.ok(lstatSync(file()).isSymbolicLink());
		assert.equal(readFileSync(folder.file("real.json"), "utf8"), "{}");
	});
});

describe("an installed version", () => {
	const folder = useTempFolder();
	const place = () => ({ env: {}, home: folder.path });
	const installer = (version: string) => new HookInstaller(hooksFolder, version, place());
	const request = () =>
		({
			client: FIRST_HOOKED,
			file: folder.file(".claude/settings.json"),
			scope: "user",
			confirm: yes,
		}) as const;
	const inspect = async (version: string) =>
		inspectSettings(request(), await installer(version).hooks(), place(), existsSync);

	it("is told as another one by the next, which brings it up to date and keeps its scripts", async () => {
		const first = await installer("1.0.0").change({ action: "install", ...request() });
		const { isOutdated, versions, installed, wanted } = await inspect("2.0.0");
		assert.deepEqual([isOutdated, installed === wanted], [true, true]);
		assert.match(versions.join(), /^1\.0\.0-[0-9a-f]{8}$/);
		const second = await installer("2.0.0").change({ action: "install", ...request() });
		assert.deepEqual([second.added, second.upgraded], [0, wanted]);
		assert.equal((await inspect("2.0.0")).isOutdated, false);
		assert.ok(existsSync(first.hooksFolder ?? ""));
		await installer("2.0.0").change({ action: "uninstall", ...request() });
		assert.equal(existsSync(request().file), false);
	});

	it("is told as without scripts when they are gone", async () => {
		const { hooksFolder: scripts } = await installer("1.0.0").change({
			action: "install",
			...request(),
		});
		rmSync(scripts ?? "", { recursive: true });
		const { missingScripts, wanted } = await inspect("1.0.0");
		assert.equal(missingScripts, wanted);
	});

	it("is found through a configuration folder that is a link", async () => {
		mkdirSync(folder.file("dotfiles"));
		symlinkSync(folder.file("dotfiles"), folder.file(".claude"));
		await installer("1.0.0").change({ action: "install", ...request() });
		const again = await installer("1.0.0").change({ action: "install", ...request() });
		assert.equal(again.state, "unchanged");
		assert.equal((await inspect("1.0.0")).isOutdated, false);
	});

	it("is told to be turned off by the settings, or not, or neither", async () => {
		const { file } = request();
		mkdirSync(folder.file(".claude"));
		for (const value of [true, false]) {
			writeFileSync(file, JSON.stringify({ disableAllHooks: value }));
			assert.equal((await inspect("1.0.0")).isDisabled, value);
		}
		for (const text of ["{}", '{"disableAllHooks": "yes"}', '{"disableAllHooks": true,}']) {
			writeFileSync(file, text);
			assert.equal((await inspect("1.0.0")).isDisabled, null, text);
		}
	});

	it("is told as unreadable, with the place", async () => {
		const { file } = request();
		mkdirSync(folder.file(".claude"));
		writeFileSync(file, "{");
		assert.match((await inspect("1.0.0")).error ?? "", /line 1/);
	});

	it("is told as ignored in a file with comments or trailing commas, and in no other", async () => {
		const { file } = request();
		mkdirSync(folder.file(".claude"));
		for (const text of ['{"a": 1} // mine', "{/* mine */}", '{"a": [1, ]}', '{"a": 1,}']) {
			writeFileSync(file, text);
			await installer("1.0.0").change({ action: "install", ...request() });
			const { isIgnored, installed, wanted } = await inspect("1.0.0");
			assert.deepEqual([isIgnored, installed], [true, wanted], text);
		}
		for (const text of ["\uFEFF{}\r\n", '{"a": 1, "a": "// no comment"}', " \n", ""]) {
			writeFileSync(file, text);
			await installer("1.0.0").change({ action: "install", ...request() });
			assert.equal((await inspect("1.0.0")).isIgnored, false, text);
		}
		rmSync(file);
		assert.equal((await inspect("1.0.0")).isIgnored, false);
	});
});

describe("the hooks of another client", () => {
	const folder = useTempFolder();
	const installer = (machine: Machine) => new HookInstaller(hooksFolder, "1.0.0", machine);

	for (const client of HOOKED_CLIENTS.filter((each) => each !== FIRST_HOOKED)) {
		const { home, settings } = client.hooks;
		const machine = (): Machine => ({ env: {}, home: folder.path });

		it(`are offered where its folder is: ${client.title}`, () => {
			assert.deepEqual(clientsHere(machine()), [FIRST_HOOKED]);
			mkdirSync(folder.file(home.folder));
			assert.deepEqual(clientsHere(machine()), [FIRST_HOOKED, client]);
			const elsewhere = { env: { [home.variable]: "~/else where" }, home: folder.path };
			assert.deepEqual(clientsHere(elsewhere), [FIRST_HOOKED]);
			mkdirSync(folder.file("else where"));
			assert.deepEqual(clientsHere(elsewhere), [FIRST_HOOKED, client]);
		});

		it(`lie in its own folder, write its lines, and leave its settings as they were: ${client.title}`, async () => {
			for (const scope of ["user", "project"] as const) {
				const [place] = settingsPlaces(client, machine(), folder.file("work"), [scope]);
				assert.ok(place !== undefined);
				const text = '{\n    "hooks": {"Stop": []},\n    "mine": 1\n}';
				mkdirSync(dirname(place.file), { recursive: true });
				writeFileSync(place.file, text);
				const done = await installer(machine()).change({
					action: "install",
					...place,
					confirm: yes,
				});
				assert.equal(done.state, "changed");
				assert.ok(done.hooksFolder?.startsWith(folder.file(home.folder)), done.hooksFolder ?? "");
				for (const { script, command } of done.commands) {
					assert.ok(command.endsWith(`/${script}" ${client.name}`), command);
				}
				assert.equal(existsSync(folder.file(".claude")), false);
				execFileSync("sh", ["-c", commandOf(place.file, "SessionStart")], {
					env: { PATH: process.env.PATH, HOME: folder.path, KEI_EVENTS_FILE: folder.file("log") },
					input: JSON.stringify({
						hook_event_name: "SessionStart",
						session_id: "s",
						source: scope,
					}),
				});
				const line = readFileSync(folder.file("log"), "utf8").split("\n").at(-2) ?? "";
				const { event, client: whose, source } = JSON.parse(line);
				assert.deepEqual([event, whose, source], ["session_start", client.name, scope]);
				const hooks = await installer(machine()).hooks();
				const { installed, wanted, isOutdated, changedByHand } = await inspectSettings(
					place,
					hooks,
					machine(),
					existsSync,
				);
				assert.deepEqual([installed, isOutdated, changedByHand], [wanted, false, 0]);
				const again = await installer(machine()).change({
					action: "install",
					...place,
					confirm: yes,
				});
				assert.equal(again.state, "unchanged");
				await installer(machine()).change({ action: "uninstall", ...place, confirm: yes });
				assert.equal(readFileSync(place.file, "utf8"), text);
			}
		});

		it(`are never put into settings that are no JSON: ${client.title}`, async () => {
			const file = folder.file(settings.user);
			writeFileSync(file, '{"hooks": ');
			const change = installer(machine()).change({
				action: "install",
				client,
				file,
				scope: "user",
				confirm: yes,
			});
			await assert.rejects(change, /line 1, column/);
			assert.equal(readFileSync(file, "utf8"), '{"hooks": ');
		});

		it(`are told to be in vain where it does not read comments: ${client.title}`, async () => {
			const file = folder.file(settings.user);
			const hooks = await installer(machine()).hooks();
			const isIgnored = async (text: string) => {
				writeFileSync(file, text);
				const place = { client, scope: "user", file } as const;
				return (await inspectSettings(place, hooks, machine(), existsSync)).isIgnored;
			};
			assert.equal(await isIgnored('{"a": 1} // mine'), !client.hooks.takesComments);
			assert.equal(await isIgnored('{"a": 1,}'), true);
			assert.equal(await isIgnored('{"hooks": {}}'), false);
			// Codex takes no other keys, and none twice.
			const isStrict = client.hooks.onlyKeys !== undefined;
			for (const text of [
				'{"a": 1, "hooks": {}}',
				'{"hooks": {}, "hooks": {}}',
				'\uFEFF{"hooks": {}}',
			])
				assert.equal(await isIgnored(text), isStrict, text);
		});
	}
});

function commandOf(file: string, event: string): string {
	return JSON.parse(readFileSync(file, "utf8")).hooks[event][0].hooks[0].command;
}
