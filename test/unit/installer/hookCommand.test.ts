import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { findOurScript, hookCommand, quotable } from "../../../src/installer/hookCommand.ts";
import { reader } from "../../support/installer/wantedHooks.ts";
import { useTempFolder } from "../../support/tempFolder.ts";

const FOLDER = "/home/you/.claude/agent-live-graph/hooks/0.1.0-aaaaaaaa";

describe("the command of a hook", () => {
	const folder = useTempFolder();

	it("runs the script whatever its folder is called", () => {
		const odd = folder.file('it\'s $HOME `id` "quoted" & more');
		mkdirSync(odd, { recursive: true });
		writeFileSync(`${odd}/agent-lifecycle.sh`, 'cat >"$OUT"');
		const out = folder.file("out");
		execFileSync("sh", ["-c", hookCommand(quotable(odd), "agent-lifecycle.sh")], {
			env: { PATH: process.env.PATH, OUT: out },
			input: "payload",
		});
		assert.equal(readFileSync(out, "utf8"), "payload");
	});

	it("does nothing and succeeds where the script is gone", () => {
		const command = hookCommand(folder.file("gone"), "tool-use-event.sh");
		assert.equal(execFileSync("sh", ["-c", command], { stdio: "pipe" }).toString(), "");
	});

	it("is told however its path is spelt", () => {
		const spelt = [
			hookCommand(FOLDER, "tool-use-event.sh"),
			`sh "${FOLDER}/tool-use-event.sh"`,
			`sh '${FOLDER}/tool-use-event.sh'`,
			`/bin/sh ${FOLDER}//./x/../tool-use-event.sh`,
			`bash ~/.claude/agent-live-graph/hooks/0.1.0-aaaaaaaa/tool-use-event.sh`,
			`exec "$HOME"/.claude/agent-live-graph/hooks/0.1.0-aaaaaaaa/tool-use-event.sh`,
			`sh "\${HOME}/.claude/agent-live-graph/hooks/0.1.0-aaaaaaaa/tool-use-event.sh"`,
			`sh "\${CLAUDE_CONFIG_DIR:-$HOME/.claude}/agent-live-graph/hooks/0.1.0-aaaaaaaa/tool-use-event.sh"`,
			`sh "\\home\\you\\.claude\\agent-live-graph\\hooks\\0.1.0-aaaaaaaa\\tool-use-event.sh"`,
		];
		for (const command of spelt) {
			const found = findOurScript(command, reader);
			assert.deepEqual(
				found,
				{
					script: "tool-use-event.sh",
					folder: FOLDER,
					version: "0.1.0-aaaaaaaa",
					prefix: "",
					isMixed: false,
				},
				command,
			);
		}
	});

	it("is ours with the name of its client behind it, and with nothing else", () => {
		const command = hookCommand(FOLDER, "tool-use-event.sh", "codex");
		for (const spelt of [command, `A=1 sh "${FOLDER}/tool-use-event.sh" qwen-code`]) {
			assert.equal(findOurScript(spelt, reader)?.isMixed, false, spelt);
		}
		for (const spelt of [`${command} more`, `${command}; bell`, `${command} "$x"`]) {
			assert.equal(findOurScript(spelt, reader)?.isMixed, true, spelt);
		}
	});

	it("is told through a symbolic link", () => {
		const linked = { ...reader, canonical: (file: string) => file.replace("/link", FOLDER) };
		assert.equal(findOurScript('sh "/link/skill-record.sh"', linked)?.folder, FOLDER);
	});

	it("is told in an extension's own folder, from which it used to be installed by hand", () => {
		const place = "/home/you/.vscode/extensions/agent-live-graph.agent-live-graph-0.1.0/hooks";
		const found = findOurScript(`sh "${place}/agent-lifecycle.sh"`, reader);
		assert.deepEqual([found?.version, found?.isMixed], ["0.1.0", false]);
	});

	it("keeps variables that somebody has put in front", () => {
		const found = findOurScript(`KEI_EVENTS_NO_PREVIEW=1 sh "${FOLDER}/skill-record.sh"`, reader);
		assert.deepEqual([found?.prefix, found?.isMixed], ["KEI_EVENTS_NO_PREVIEW=1 ", false]);
	});

	it("is not ours alone with anything else in it", () => {
		for (const more of ["; notify-send done", " && other", " | tee log", " >/dev/null"]) {
			assert.equal(findOurScript(`sh "${FOLDER}/skill-record.sh"${more}`, reader)?.isMixed, true);
		}
		assert.equal(findOurScript(`time sh "${FOLDER}/skill-record.sh"`, reader)?.isMixed, true);
	});

	it("is nobody else's", () => {
		const others = [
			"",
			"prettier --write",
			'sh "$HOME/.claude/hooks/tool-use-event.sh"',
			"'unclosed.sh",
			`cat ${FOLDER}/README.sh`,
			"sh /opt/agent-live-graph/hooks/mine.sh",
			`ls "${FOLDER}"`,
		];
		for (const command of others) assert.equal(findOurScript(command, reader), null, command);
	});
});
