import assert from "node:assert/strict";
import { forEachShell } from "../../support/hooks/forEachShell.ts";
import { call } from "../../support/hooks/payloads.ts";

/** Commands and the program that is named of each; undefined where none is. */
const programs: readonly (readonly [command: string, program: string | undefined])[] = [
	["ls -la", "ls"],
	["  git\tstatus", "git"],
	["./scripts/run.sh --fast", "run.sh"],
	["~/bin/tool", "tool"],
	["python3 - <<'PY'\nprint(1)\nPY", "python3"],
	["make;rm x", "make"],
	["true&&echo", "true"],
	["cat<secret", "cat"],
	["g++ a.cc", "g++"],
	["sleep\n5", "sleep"],
	// Assignments before the program are arguments.
	["TOKEN=hush git push", "git"],
	["A=1 B=2 /opt/x/run", "run"],
	["TOKEN='a secret' git push", "git"],
	['TOKEN="a secret" git push', "git"],
	['TOKEN="a \\" secret" git push', "git"],
	["TOKEN=a\\ secret git push", "git"],
	["PATH=$HOME/bin:$PATH git push", "git"],
	["PATH+=:/x git push", "git"],
	["EMPTY= git push", "git"],
	// Where the program can not be told for certain, nothing is said.
	["TOKEN=hush", undefined],
	["TOKEN=/a/hush", undefined],
	["TOKEN='a secret", undefined],
	['TOKEN="a secret', undefined],
	["TOKEN=$(cat /a/hush) git", undefined],
	["TOKEN=`cat hush` git", undefined],
	["TOKEN=$'a secret' git", undefined],
	["LIST=(a secret) git", undefined],
	["LIST[0]=/a/hush git", undefined],
	["$TOKEN", undefined],
	['"my tool" x', undefined],
	["(cd secret; ls)", undefined],
	["# hush", undefined],
	["#/a/hush", undefined],
	["user:hush@host", undefined],
	["<hush cat", undefined],
	["a".repeat(65), undefined],
	["größe x", undefined],
	["", undefined],
	// What a shell does not take for a blank is part of the word.
	...[..."\u00a0\u0085\u1680\u2003\u2028\u3000\v\f\r"].flatMap((blank): [string, undefined][] => [
		[`TOKEN=a${blank}hush git push`, undefined],
		[`TOKEN=a${blank}hush`, undefined],
		[`${blank}hush git`, undefined],
		[`git${blank}hush`, undefined],
	]),
	["TOKEN='a\u00a0secret' git push", "git"],
	["TOKEN=$[ hush + 1 ] git push", undefined],
	['TOKEN="$[ hush + 1 ]" git push', undefined],
];

forEachShell("the program of a command", (lab) => {
	for (const [command, program] of programs) {
		it(`is ${program ?? "left out"} for ${JSON.stringify(command)}`, async () => {
			const input = call("PreToolUse", "Bash", { command });
			const [event] = await lab().events("tool-use-event.sh", input);
			assert.ok(event);
			assert.equal(event.program, program);
		});
	}

	it("is told of PowerShell as of Bash", async () => {
		const input = call("PreToolUse", "PowerShell", { command: "git push; cd C:\\hush" });
		const [event] = await lab().events("tool-use-event.sh", input);
		assert.equal(event?.program, "git");
	});

	it("is found in time for a command made to be hard to read", async () => {
		const command = `A=${"$x\"'".repeat(20_000)}`;
		const [event] = await lab().events(
			"tool-use-event.sh",
			call("PreToolUse", "Bash", { command }),
		);
		assert.equal(event?.program, undefined);
		assert.equal(event?.tool, "Bash");
	});
});
