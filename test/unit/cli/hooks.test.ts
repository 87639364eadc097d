import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import {
	chmodSync,
	existsSync,
	lstatSync,
	mkdirSync,
	readdirSync,
	readFileSync,
	statSync,
	symlinkSync,
	writeFileSync,
} from "node:fs";
import { cliFile, runCli } from "../../support/cli/runCli.ts";
import { handlers } from "../../support/installer/wantedHooks.ts";
import { useTempFolder } from "../../support/tempFolder.ts";

describe("agent-live-graph hooks", () => {
	const folder = useTempFolder();
	const run = (...args: string[]) => runCli(folder.path, ["hooks", ...args]);
	const settings = () => folder.file(".claude/settings.json");
	const put = (text: string, file = settings()) => {
		mkdirSync(folder.file(".claude"), { recursive: true });
		writeFileSync(file, text);
	};

	it("installs into the user's settings, keeps a copy, and says so", async () => {
		put('{"model": "x"}\n');
		const { code, stdout } = await run("install", "--yes");
		assert.equal(code, 0);
		assert.match(stdout, new RegExp(`^changed .*: hooks ${handlers.length} added$`, "m"));
		assert.match(stdout, /^\+.*agent-lifecycle\.sh/m);
		const { hooks } = JSON.parse(readFileSync(settings(), "utf8"));
		const [, script = ""] = /exec sh "([^"]+)"/.exec(hooks.Stop[0].hooks[0].command) ?? [];
		assert.ok(existsSync(script), script);
		assert.equal(readFileSync(`${settings()}.agent-live-graph-backup`, "utf8"), '{"model": "x"}\n');
	});

	it("installs hooks that run below a home with quotes and the like in its name", async () => {
		const home = folder.file(`it's a "home" of $HOME \`id\` & co`);
		mkdirSync(home);
		assert.equal((await runCli(home, ["hooks", "install", "--yes"])).code, 0);
		const { hooks } = JSON.parse(readFileSync(`${home}/.claude/settings.json`, "utf8"));
		execFileSync("sh", ["-c", hooks.SessionEnd[0].hooks[0].command], {
			input: '{"hook_event_name": "SessionEnd", "session_id": "s"}',
			env: { PATH: process.env.PATH, HOME: home },
		});
		const log = readFileSync(`${home}/.claude/memory/agent-events.jsonl`, "utf8");
		assert.match(log, /"event":"session_end"/);
		assert.match((await runCli(home, ["hooks", "status"])).stdout, /\d+ hooks, version/);
	});

	for (const name of ["back\\slash", "line\nbreak"]) {
		it(`refuses a home that no command can name: ${JSON.stringify(name)}`, async () => {
			const home = folder.file(name);
			mkdirSync(home);
			const { code, stderr } = await runCli(home, ["hooks", "install", "--yes"]);
			assert.equal(code, 1);
			assert.match(stderr, /cannot be installed in .*(?:backslash|line break)/);
			assert.equal(existsSync(`${home}/.claude/settings.json`), false);
			assert.equal((await runCli(home, ["hooks", "uninstall", "--yes"])).code, 0);
		});
	}

	it("gives back the very bytes, and takes away a file that it has made", async () => {
		const text = '\uFEFF{\r\n\t"a": 1, // mine\r\n}\r\n';
		put(text);
		await run("install", "--yes");
		assert.notEqual(readFileSync(settings(), "utf8"), text);
		assert.equal((await run("uninstall", "--yes")).code, 0);
		assert.equal(readFileSync(settings(), "utf8"), text);
		const made = folder.file("deep/new.json");
		await run("install", "--yes", "--settings", made);
		assert.ok(existsSync(made));
		await run("uninstall", "--yes", "--settings", made);
		assert.equal(existsSync(made), false);
	});

	it("keeps the first copy, the mode, and a link", async () => {
		const real = folder.file("dotfiles.json");
		put('{"first": 1}', real);
		chmodSync(real, 0o640);
		symlinkSync(real, settings());
		await run("install", "--yes");
		await run("uninstall", "--yes");
		writeFileSync(real, '{"second": 2}');
		await run("install", "--yes");
		assert.ok(lstatSync(settings()).isSymbolicLink());
		assert.equal(statSync(real).mode & 0o777, 0o640);
		assert.equal(readFileSync(`${real}.agent-live-graph-backup`, "utf8"), '{"first": 1}');
		const left = readdirSync(folder.path).filter((name) => name.endsWith(".tmp"));
		assert.deepEqual(left, []);
	});

	it("asks for --yes where nobody can be asked, and changes nothing", async () => {
		put("{}");
		const { code, stdout, stderr } = await run("install");
		assert.equal(code, 2);
		assert.match(stdout, /^\+.*hooks/m);
		assert.match(stderr, /nothing was changed.*--yes/);
		assert.equal(readFileSync(settings(), "utf8"), "{}");
		assert.deepEqual(readdirSync(folder.file(".claude")), ["settings.json"]);
	});

	it("leaves a file alone that does not parse, and says where", async () => {
		put('{\n  "a": 1\n  "b"\n}');
		const { code, stderr } = await run("install", "--yes");
		assert.equal(code, 1);
		assert.match(stderr, /settings\.json was left alone: line 3, column 3: comma expected\n$/);
		assert.equal(readFileSync(settings(), "utf8"), '{\n  "a": 1\n  "b"\n}');
		writeFileSync(settings(), Buffer.from([0xff, 0xfe, 0x7b, 0]));
		assert.match((await run("install", "--yes")).stderr, /not a text in UTF-8/);
	});

	it("a second time there is nothing to do", async () => {
		await run("install", "--yes");
		const before = readFileSync(settings(), "utf8");
		const { code, stdout } = await run("install");
		assert.deepEqual([code, /the hooks are installed in/.test(stdout)], [0, true]);
		assert.equal(readFileSync(settings(), "utf8"), before);
	});

	it("names no one's home in a project's settings", async () => {
		await runCli(folder.file("."), ["hooks", "install", "--yes", "--settings", "user.json"]);
		await run("install", "--yes", "--scope", "project");
		const text = readFileSync(settings(), "utf8");
		assert.ok(!text.includes(folder.path));
		assert.ok(readFileSync(folder.file("user.json"), "utf8").includes(folder.path));
		await run("install", "--yes", "--scope", "local");
		assert.ok(existsSync(folder.file(".claude/settings.local.json")));
	});

	it("tells what is installed where, and what jq there is", async () => {
		await run("install", "--yes");
		const { stdout } = await run("status", "--json");
		const { settings: all, version } = JSON.parse(stdout);
		assert.equal(all[0].installed, handlers.length);
		assert.deepEqual(all[0].versions, [version]);
		assert.deepEqual([all[0].isOutdated, all[0].missingScripts], [false, 0]);
		assert.match((await run("status")).stdout, /local .*no hooks/);
	});

	it("says when jq is missing and how to get it, and installs all the same", async () => {
		const { code, stderr } = await runCli(folder.path, ["hooks", "install", "--yes"], {
			PATH: folder.file("empty"),
		});
		assert.equal(code, 0);
		assert.match(stderr, /jq was not found.*(apt|brew|winget) install/);
	});

	it("tells of another file that would write the same events again", async () => {
		const project = folder.file("work");
		const home = { HOME: folder.path };
		mkdirSync(project);
		const add = (...args: string[]) =>
			runCli(project, ["hooks", "install", "--yes", ...args], home);
		await add();
		const { stderr } = await add("--scope", "project");
		assert.ok(stderr.includes(`${settings()} has hooks too`), stderr);
		// The command is the user's to the byte, so that a session runs it once; the project's is not.
		const local = await add("--scope", "local");
		assert.equal(local.stderr.match(/has hooks too/g)?.length, 1);
		assert.ok(local.stderr.includes("work/.claude/settings.json has hooks too"), local.stderr);
		const named = await add("--settings", ".claude/settings.local.json");
		assert.equal(named.stderr, local.stderr);
		assert.doesNotMatch((await add("--settings", "../else.json")).stderr, /has hooks too/);
	});

	it("tells of a file that Claude Code does not read, and keeps its comments", async () => {
		const text = '{\n\t"a": 1, // mine\n}\n';
		put(text);
		const sentence =
			/Claude Code does not read .*settings\.json: it has comments or trailing commas/;
		assert.match((await run("install")).stderr, sentence);
		const { code, stdout } = await run("install", "--yes");
		assert.equal(code, 0);
		assert.match(stdout, sentence);
		assert.doesNotMatch(stdout, /sessions that start from now on/);
		assert.ok(readFileSync(settings(), "utf8").startsWith(text.slice(0, -3)));
		assert.match((await run("install")).stdout, sentence);
		assert.match((await run("status")).stdout, /not read by Claude Code/);
		assert.equal(JSON.parse((await run("status", "--json")).stdout).settings[0].isIgnored, true);
		assert.doesNotMatch((await run("uninstall", "--yes")).stdout, sentence);
	});

	describe("of another client", () => {
		const file = () => folder.file(".codex/hooks.json");

		it("are not installed where it is not used, nor for a client that is not known", async () => {
			const { code, stderr } = await run("install", "--yes", "--client", "codex");
			assert.equal(code, 1);
			assert.match(stderr, /Codex is not used here: there is no .*\.codex/);
			const unknown = await run("install", "--yes", "--client", "gemini-cli");
			assert.equal(unknown.code, 2);
			assert.match(unknown.stderr, /--client needs claude-code, codex, qwen-code/);
			assert.doesNotMatch((await run("status")).stdout, /codex|qwen/);
		});

		it("are installed, told of and taken out apart from those of others", async () => {
			mkdirSync(folder.file(".codex"));
			const { code, stdout, stderr } = await run("install", "--yes", "--client", "codex");
			assert.equal(code, 0);
			assert.match(stdout, /^\+.*tool-use-event\.sh\\" codex/m);
			assert.match(stderr, /note: New hooks run once they are trusted/);
			assert.equal(existsSync(settings()), false);
			const status = await run("status");
			assert.match(status.stdout, /^codex +user +.*hooks\.json +\d+ hooks, version/m);
			assert.match(status.stdout, /^claude-code +user +.*no hooks/m);
			assert.doesNotMatch(status.stdout, /^codex +local/m);
			const json = JSON.parse((await run("status", "--json", "--client", "codex")).stdout);
			assert.deepEqual(
				json.settings.map(({ client, scope }: Record<string, unknown>) => [client, scope]),
				[
					["codex", "user"],
					["codex", "project"],
				],
			);
			assert.equal((await run("install", "--client", "codex", "--scope", "local")).code, 2);
			assert.equal((await run("uninstall", "--yes", "--client", "codex")).code, 0);
			assert.equal(existsSync(file()), false);
		});
	});

	it("tells of a hook that stays, as somebody has changed it by hand", async () => {
		await run("install", "--yes");
		const text = readFileSync(settings(), "utf8");
		put(text.replace("exec sh", "bell; exec sh"));
		const kept = /^1 hook in .*settings\.json was changed by hand and stays: /m;
		assert.match((await run("uninstall", "--yes")).stdout, kept);
		const { code, stdout } = await run("uninstall", "--yes");
		assert.equal(code, 0);
		assert.match(stdout, kept);
		assert.doesNotMatch(stdout, /no hooks/);
		const json = await run("uninstall", "--yes", "--json");
		assert.equal(JSON.parse(json.stdout).kept, 1);
	});

	it("one is installed when many run at the same time", async () => {
		put('{"model": "x"}');
		const all = await Promise.all(Array.from({ length: 4 }, () => run("install", "--yes")));
		assert.deepEqual(
			all.map(({ code }) => code),
			[0, 0, 0, 0],
		);
		const { hooks } = JSON.parse(readFileSync(settings(), "utf8"));
		assert.equal(hooks.SessionStart.length, 1);
		await run("uninstall", "--yes");
		assert.equal(readFileSync(settings(), "utf8"), '{"model": "x"}');
	});

	it("bad use ends with 2", async () => {
		const wrong = [
			[],
			["wat"],
			["install", "extra"],
			["status", "--yes"],
			["install", "--scope", "moon"],
			["install", "--settings", ""],
			["install", "--settings", "a", "--scope", "user"],
		];
		for (const args of wrong) {
			const { code, stderr } = await run(...args);
			assert.equal(code, 2, args.join(" "));
			assert.match(stderr, /^agent-live-graph: .+\nTry agent-live-graph --help\.\n$/);
		}
	});

	it("asks on a terminal, and no is no", async function () {
		const child = spawn(
			"script",
			["-qec", `${process.execPath} ${cliFile} hooks install`, "/dev/null"],
			{ cwd: folder.path, env: { PATH: process.env.PATH, HOME: folder.path } },
		);
		const missing = new Promise<boolean>((resolve) => child.once("error", () => resolve(true)));
		let output = "";
		let isAsked = false;
		child.stdout?.on("data", (chunk) => {
			output += chunk;
			if (isAsked || !output.includes("[y/N]")) return;
			isAsked = true;
			child.stdin?.write("n\r");
		});
		const ended = new Promise<number | null>((resolve) => child.once("close", resolve));
		const code = await Promise.race([ended, missing]);
		if (code === true) this.skip();
		assert.equal(code, 1);
		assert.match(output, /nothing was changed/);
		assert.equal(existsSync(settings()), false);
	});
});
