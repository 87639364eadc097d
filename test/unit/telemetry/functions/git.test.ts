import assert from "node:assert/strict";
import { mkdirSync, readdirSync, readFileSync } from "node:fs";
import * as path from "node:path";
import { inProject } from "../../../../scripts/paths.ts";
import { git } from "../../../../src/telemetry/functions/git.ts";
import {
	blobText,
	repositoryAt,
	trackedFiles,
} from "../../../../src/telemetry/functions/gitFiles.ts";
import { GitRepository } from "../../../support/functions/gitRepository.ts";
import { MISSING_BLOB, TrappedRepository } from "../../../support/functions/trappedRepository.ts";
import { useTempFolder } from "../../../support/tempFolder.ts";

const { signal } = new AbortController();

describe("git, asked about a repository of somebody else's", () => {
	const folder = useTempFolder();

	it("runs nothing that its settings name, and answers all the same", async () => {
		const trapped = new TrappedRepository(folder.path);
		const { root } = trapped.repository;
		for (const url of trapped.remotes) {
			trapped.fetchFrom(url);
			assert.deepEqual(await repositoryAt(root, signal), { root, format: "sha1" });
			const files = await trackedFiles(root, signal);
			assert.ok(files.some(({ relativePath }) => relativePath === "a.ts"));
			assert.equal(await blobText(root, trapped.blob), "export function a() {}\n");
			assert.equal(await blobText(root, MISSING_BLOB), null);
			assert.deepEqual(trapped.sprung, [], url);
		}
	});

	it("would run them if it were asked without care", async () => {
		const trapped = new TrappedRepository(folder.path);
		trapped.fetchFrom(trapped.remotes[0] ?? "");
		assert.throws(() => trapped.repository.git("cat-file", "blob", MISSING_BLOB));
		trapped.repository.git("status");
		assert.ok(trapped.sprung.includes("remote"), trapped.sprung.join());
		assert.ok(trapped.sprung.includes("fsmonitor"), trapped.sprung.join());
	});

	it("runs nothing with commands either that nobody asks for yet", async () => {
		const trapped = new TrappedRepository(folder.path);
		trapped.fetchFrom(trapped.remotes[0] ?? "");
		const { root } = trapped.repository;
		for (const command of [["log", "-1"], ["fetch", "trap"], ["rev-list", "--all"], ["branch"]]) {
			await git(root, command).catch(() => {});
		}
		assert.deepEqual(trapped.sprung, []);
	});

	it("does not take a folder in it that looks like a bare repository for one", async () => {
		const { root } = new GitRepository(folder.path);
		const bare = path.join(root, "docs");
		await git(root, ["init", "-q", "--bare", bare]);
		await assert.rejects(git(bare, ["rev-parse", "--git-dir"]), /safe\.bareRepository|bare/);
	});

	it("leaves alone a repository that is not the user's own, as safe.directory says", async () => {
		const { root } = new GitRepository(folder.path).write({ "a.ts": "1" });
		await withEnvironment({ GIT_TEST_ASSUME_DIFFERENT_OWNER: "1" }, async () => {
			await assert.rejects(repositoryAt(root, signal), /dubious ownership/);
		});
		const trusting = {
			GIT_TEST_ASSUME_DIFFERENT_OWNER: "1",
			GIT_CONFIG_COUNT: "1",
			GIT_CONFIG_KEY_0: "safe.directory",
			GIT_CONFIG_VALUE_0: root,
		};
		await withEnvironment(trusting, async () => {
			assert.equal((await repositoryAt(root, signal)).root, root);
		});
	});

	it("asks the repository of the folder, wherever the environment points", async () => {
		const { root } = new GitRepository(folder.file("one")).write({ "a.ts": "1" });
		const other = new GitRepository(folder.file("other")).write({ "b.ts": "1" });
		const environment = { GIT_DIR: path.join(other.root, ".git"), GIT_WORK_TREE: other.root };
		await withEnvironment(environment, async () => {
			assert.equal((await repositoryAt(root, signal)).root, root);
			const files = await trackedFiles(root, signal);
			assert.deepEqual(
				files.map(({ relativePath }) => relativePath),
				["a.ts"],
			);
		});
	});

	it("takes no folder elsewhere for its files, as the settings may say", async () => {
		const { root } = new TrappedRepository(folder.path).repository;
		mkdirSync(folder.file("victim"));
		await git(root, ["config", "core.worktree", folder.file("victim")]);
		await assert.rejects(repositoryAt(root, signal), /says that its files are in .*victim/);
	});

	it("knows a repository in a folder whose name has several lines", async () => {
		for (const name of ["two\nlines", "sha256\n", "..dots"]) {
			const { root } = new GitRepository(folder.file(name));
			assert.deepEqual(await repositoryAt(root, signal), { root, format: "sha1" });
		}
	});

	it("is called from one place alone", () => {
		const files = readdirSync(inProject("src"), { recursive: true, encoding: "utf8" })
			.filter((name) => name.endsWith(".ts"))
			.filter((name) =>
				/\b\w*(?:spawn|exec|fork)\w*\(\s*["'`]git\b/i.test(
					readFileSync(inProject("src", name), "utf8"),
				),
			);
		assert.deepEqual(files, [path.join("telemetry", "functions", "git.ts")]);
	});
});

async function withEnvironment(
	variables: Readonly<Record<string, string>>,
	run: () => Promise<void>,
): Promise<void> {
	Object.assign(process.env, variables);
	try {
		await run();
	} finally {
		for (const name of Object.keys(variables)) delete process.env[name];
	}
}
