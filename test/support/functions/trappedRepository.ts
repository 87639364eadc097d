import { chmodSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import { GitRepository } from "./gitRepository.ts";

/** Every hook that git knows. */
const HOOKS =
	"applypatch-msg commit-msg fsmonitor-watchman post-applypatch post-checkout post-commit post-index-change post-merge post-receive post-rewrite post-update pre-applypatch pre-auto-gc pre-commit pre-merge-commit pre-push pre-rebase pre-receive prepare-commit-msg proc-receive push-to-checkout reference-transaction sendemail-validate update";

/** An id of an object that the repository says somebody else has. */
export const MISSING_BLOB = "1".repeat(40);

/** A repository whose own settings name a program wherever git runs one. */
export class TrappedRepository {
	readonly repository: GitRepository;
	/** The blob of `a.ts`. */
	readonly blob: string;
	readonly #marks: string;

	/** @param folder an empty one */
	constructor(folder: string) {
		this.repository = new GitRepository(path.join(folder, "foreign"));
		this.#marks = path.join(folder, "marks");
		mkdirSync(this.#marks);
		this.repository.write({
			"a.ts": "export function a() {}\n",
			".gitattributes": "* diff=trap filter=trap merge=trap\n",
		});
		this.repository.git("commit", "-q", "-m", "x");
		this.blob = this.repository.git("rev-parse", "HEAD:a.ts").trim();
		const hooks = path.join(this.repository.root, ".git/hooks");
		for (const hook of HOOKS.split(" ")) this.#program(path.join(hooks, hook), `hook-${hook}`);
		for (const name of ["git", "ssh", "less", "sh"]) {
			this.#program(path.join(this.repository.root, name), `working-folder-${name}`);
		}
		this.#set("core.hooksPath", hooks);
		for (const [setting, mark] of [
			["core.fsmonitor", "fsmonitor"],
			["core.pager", "pager"],
			["pager.cat-file", "pager"],
			["pager.ls-files", "pager"],
			["pager.rev-parse", "pager"],
			["core.editor", "editor"],
			["core.askPass", "askpass"],
			["core.sshCommand", "ssh"],
			["core.gitProxy", "proxy"],
			["core.alternateRefsCommand", "alternates"],
			["diff.external", "diff"],
			["diff.trap.command", "diff-driver"],
			["diff.trap.textconv", "textconv"],
			["filter.trap.clean", "clean"],
			["filter.trap.smudge", "smudge"],
			["filter.trap.process", "filter"],
			["merge.trap.driver", "merge"],
			["gpg.program", "gpg"],
			["remote.trap.uploadpack", "uploadpack"],
		] as const) {
			this.#set(setting, this.#program(path.join(folder, "programs", mark), mark));
		}
		this.#set("filter.trap.required", "true");
		this.#set("credential.helper", `!touch '${path.join(this.#marks, "credential")}'`);
		for (const alias of ["ls-files", "rev-parse", "cat-file"]) {
			this.#set(`alias.${alias}`, `!touch '${path.join(this.#marks, "alias")}'`);
		}
		this.#set("core.repositoryFormatVersion", "1");
		this.#set("extensions.partialClone", "trap");
		this.#set("remote.trap.promisor", "true");
		for (const protocol of ["ext", "file", "ssh", "git"]) {
			this.#set(`protocol.${protocol}.allow`, "always");
		}
	}

	/** Ways for a remote to name a program. */
	get remotes(): readonly string[] {
		const mark = path.join(this.#marks, "remote").replaceAll(" ", "% ");
		return [
			`ext::touch ${mark}`,
			this.repository.root,
			`file://${this.repository.root}`,
			"ssh://nobody@127.0.0.1/x",
			"git://127.0.0.1:1/x",
		];
	}

	/** Has what is missing be fetched from there. */
	fetchFrom(url: string): void {
		this.#set("remote.trap.url", url);
	}

	/** Names of the programs that were run. */
	get sprung(): string[] {
		return readdirSync(this.#marks).sort();
	}

	#set(name: string, value: string): void {
		this.repository.git(
			"config",
			"-f",
			path.join(this.repository.root, ".git/config"),
			name,
			value,
		);
	}

	#program(file: string, mark: string): string {
		mkdirSync(path.dirname(file), { recursive: true });
		writeFileSync(file, `#!/bin/sh\ntouch '${path.join(this.#marks, mark)}'\nexit 1\n`);
		chmodSync(file, 0o755);
		return file;
	}
}
