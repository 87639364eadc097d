import assert from "node:assert/strict";
import { existsSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { FakeProject, OFFLINE } from "../../support/fakeProject.ts";
import { useTempFolder } from "../../support/tempFolder.ts";

describe("bootstrap", () => {
	const folder = useTempFolder();
	let project: FakeProject;

	beforeEach(() => {
		project = new FakeProject(folder.path);
	});

	it("installs the dependencies and hands over with the arguments", async () => {
		const { code, output } = await project.run("setup", "--port", "1");
		assert.equal(code, 0, output);
		assert.match(output, /set-up: dependencies: done/);
		assert.match(output, /handed over \[ '--port', '1' \]/);
		assert.equal(project.installations, 1);
	});

	it("does nothing when they are there", async () => {
		await project.run("setup");
		const { output } = await project.run("setup");
		assert.equal(project.installations, 1);
		assert.doesNotMatch(output, /set-up/);
	});

	it("installs again when the lock file wants another version", async () => {
		await project.run("setup");
		project.lock("2.0.0");
		await project.run("setup");
		assert.equal(project.installations, 2);
	});

	it("installs again after an installation that was broken off", async () => {
		await project.run("setup");
		rmSync(join(folder.path, "node_modules", ".package-lock.json"));
		await project.run("setup");
		assert.equal(project.installations, 2);
	});

	it("installs once when two commands are started at the same time", async () => {
		const ends = await Promise.all([project.run("setup"), project.run("setup")]);
		assert.deepEqual(
			ends.map(({ code }) => code),
			[0, 0],
		);
		assert.equal(project.installations, 1);
	});

	it("takes over the lock of a set-up that was killed", async () => {
		const lock = folder.file(".tools/dependencies.lock");
		await project.run("setup");
		rmSync(join(folder.path, "node_modules"), { recursive: true });
		// No process has this number: it is above what Linux hands out.
		writeFileSync(lock, "4194305");
		const { code } = await project.run("setup");
		assert.equal(code, 0);
		assert.equal(project.installations, 2);
		assert.equal(existsSync(lock), false);
	});

	it("says that the network is missing, and what to do", async () => {
		project.npm(OFFLINE);
		const { code, output } = await project.run("setup");
		assert.equal(code, 1);
		assert.match(output, /registry cannot be reached/);
		assert.match(output, /Run the same command again/);
		assert.doesNotMatch(output, /\n\s+at /);
	});

	it("explains itself when it is given no command", async () => {
		const { code, output } = await project.run("nonsense");
		assert.equal(code, 1);
		assert.match(output, /usage/);
	});
});
