import assert from "node:assert/strict";
import {
	appendFileSync,
	linkSync,
	mkdirSync,
	renameSync,
	rmSync,
	symlinkSync,
	writeFileSync,
} from "node:fs";
import * as path from "node:path";
import { useTempFolder } from "../../../support/tempFolder.ts";
import { FollowerProbe } from "../../../support/transcripts/fakeTranscripts.ts";

describe("Transcripts behind links", () => {
	const folder = useTempFolder();
	let probes: FollowerProbe[] = [];
	afterEach(async () => {
		for (const { follower } of probes) await follower.dispose();
		probes = [];
	});

	function put(name: string, content: string): string {
		const file = folder.file(name);
		mkdirSync(path.dirname(file), { recursive: true });
		writeFileSync(file, content);
		return file;
	}

	const link = (to: string, name: string): void => {
		mkdirSync(path.dirname(folder.file(name)), { recursive: true });
		symlinkSync(folder.file(to), folder.file(name));
	};

	async function read(roots = ["projects"], isFollowing = false): Promise<FollowerProbe> {
		const probe = new FollowerProbe(
			roots.map((root) => folder.file(root)),
			{ isFollowing },
		);
		probes.push(probe);
		await probe.follower.catchUp();
		return probe;
	}

	it("are read, be it a folder or a file that is linked", async () => {
		put("dotfiles/one/s1.jsonl", "say a\n");
		put("dotfiles/s2.jsonl", "say b\n");
		link("dotfiles/one", "projects/one");
		link("dotfiles/s2.jsonl", "projects/two/s2.jsonl");
		const probe = await read();
		assert.deepEqual(probe.words().sort(), ["a", "b"]);
	});

	it("are read once, however many paths lead to them, by the name that is their own", async () => {
		const file = put("projects/own/s1.jsonl", "say a\n");
		link("projects/own", "projects/alias");
		link("projects/own/s1.jsonl", "projects/also/s1.jsonl");
		linkSync(file, folder.file("projects/own/s2.jsonl"));
		link("projects", "more");
		const probe = await read(["projects", "more"]);
		assert.deepEqual(probe.words(), ["a"]);
		assert.equal(probe.follower.status.files, 1);
		const paths = new Set(probe.batches.map(({ path: from }) => from));
		assert.ok([file, folder.file("projects/own/s2.jsonl")].includes([...paths].join()));
	});

	it("are found where only the link has the place of a transcript", async () => {
		put("projects/kept/deep/one/s1.jsonl", "say a\n");
		link("projects/kept/deep/one", "projects/one");
		assert.deepEqual((await read()).words(), ["a"]);
	});

	it("survive circles, links to nothing and folders that may not be read", async () => {
		put("projects/one/s1.jsonl", "say a\n");
		link("projects", "projects/one/up");
		link("projects/one", "projects/one/self");
		link("projects/loop", "projects/loop");
		link("nowhere", "projects/gone");
		link("nowhere.jsonl", "projects/one/gone.jsonl");
		symlinkSync("/proc/1/root", folder.file("projects/foreign"));
		symlinkSync("/proc/1/fd", folder.file("projects/foreign2"));
		const probe = await read();
		assert.deepEqual(probe.words(), ["a"]);
		assert.equal(probe.follower.status.unreadable, 0);
	});

	it("are followed, also where the link is made later, and when what it leads to has moved", async () => {
		const file = put("dotfiles/one/s1.jsonl", "say a\n");
		const probe = await read(["projects"], true);
		link("dotfiles/one", "projects/one");
		await probe.follower.catchUp();
		appendFileSync(file, "say b\n");
		await probe.follower.catchUp();
		assert.deepEqual(probe.words(), ["a", "b"]);
		rmSync(folder.file("projects/one"));
		await probe.follower.catchUp();
		assert.equal(probe.follower.status.files, 0);
		renameSync(folder.file("dotfiles/one"), folder.file("projects/one"));
		await probe.follower.catchUp();
		assert.equal(probe.follower.status.files, 1);
	});
});
