import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import { RepositoryAddresses } from "../../../src/export/repositoryAddresses.ts";
import { useTempFolder } from "../../support/tempFolder.ts";

describe("The address of a repository", () => {
	const folder = useTempFolder();
	const addressOf = (config: string): string | null => {
		mkdirSync(folder.file(".git"), { recursive: true });
		mkdirSync(folder.file("src"), { recursive: true });
		writeFileSync(folder.file(".git/config"), config);
		return new RepositoryAddresses().of(folder.file("src"));
	};
	const origin = (url: string): string =>
		`[core]\n\tbare = false\n[remote "origin"]\n\turl = ${url}\n`;

	const known: readonly (readonly [string, string | null])[] = [
		["git@example.com:team/app.git", "https://example.com/team/app"],
		["https://example.com/team/app.git", "https://example.com/team/app"],
		["https://me:hunter2@example.com/team/app", "https://example.com/team/app"],
		["ssh://git@example.com:2222/team/app.git", "https://example.com/team/app"],
		["http://example.com:8080/team/app/", "https://example.com:8080/team/app"],
		["/srv/git/app.git", null],
		["../app", null],
		["file:///srv/git/app.git", null],
		["C:\\git\\app", null],
		["ext::sh -c touch% /tmp/x", null],
	];
	for (const [url, address] of known) {
		it(`is ${address ?? "none"} for ${url}`, () => {
			assert.equal(addressOf(origin(url)), address);
		});
	}

	it("is that of origin alone, and none without one", () => {
		assert.equal(addressOf('[remote "fork"]\n\turl = https://example.com/b\n'), null);
		assert.equal(
			addressOf(
				`[remote "fork"]\n\turl = https://example.com/b\n${origin("https://example.com/a")}`,
			),
			"https://example.com/a",
		);
	});
});
