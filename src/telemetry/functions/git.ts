import { type ExecFileException, execFile } from "node:child_process";
import { devNull } from "node:os";
import * as path from "node:path";

/** Bytes of an answer: a listing of a hundred thousand files takes about ten million. */
const MAX_OUTPUT = 256 * 1024 * 1024;
/** ms; a listing of a hundred thousand files takes less than one second. */
const TIME_LIMIT = 30_000;

/**
 * Settings that come over those of a repository, which name programs for git to run:
 * https://git-scm.com/docs/git-config. What reads a repository needs none of them. A diff's drivers and
 * a filter's are told by names that anybody can make up; they are kept away by asking for nothing that
 * uses them.
 */
const SETTINGS = {
	"core.fsmonitor": "false",
	"core.hooksPath": devNull,
	"core.alternateRefsCommand": "",
	"core.askPass": "",
	"core.pager": "cat",
	"core.sshCommand": "false",
	"core.gitProxy": "false",
	"credential.helper": "",
	"diff.external": "",
	"protocol.allow": "never",
	"safe.bareRepository": "explicit",
	"submodule.recurse": "false",
};

const ENVIRONMENT = {
	// An object that is missing is not fetched: by a new git not at all, by an old one over no protocol.
	GIT_NO_LAZY_FETCH: "1",
	GIT_ALLOW_PROTOCOL: "",
	GIT_PROTOCOL_FROM_USER: "0",
	GIT_TERMINAL_PROMPT: "0",
	GIT_ASKPASS: "",
	SSH_ASKPASS: "",
	GIT_PAGER: "cat",
	GIT_OPTIONAL_LOCKS: "0",
	GIT_NO_REPLACE_OBJECTS: "1",
	LC_ALL: "C",
};

/** Variables that have git look at another repository than that of the folder. */
const ELSEWHERE =
	/^GIT_(?:DIR|WORK_TREE|COMMON_DIR|INDEX_FILE|OBJECT_DIRECTORY|ALTERNATE_OBJECT_DIRECTORIES|NAMESPACE|EXTERNAL_DIFF|SSH|SSH_COMMAND|PROXY_COMMAND)$/;

/**
 * Every question to git goes through here: whatever the repository of a folder says, nothing of it
 * is run, nothing is fetched, nobody is asked, and it ends in time. Whose repository may be read at all
 * is what the user's own `safe.directory` says.
 *
 * @returns what git writes
 * @throws Error that says why there is none, or the signal's reason
 */
export function git(
	folder: string,
	args: readonly string[],
	signal?: AbortSignal,
): Promise<string> {
	const options = {
		// On Windows a program is looked for in the working folder first.
		cwd: path.dirname(process.execPath),
		signal,
		timeout: TIME_LIMIT,
		killSignal: "SIGKILL" as const,
		maxBuffer: MAX_OUTPUT,
		windowsHide: true,
		env: { ...environmentOfUser(), ...ENVIRONMENT },
	};
	const settings = Object.entries(SETTINGS).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
	const all = ["--no-pager", ...settings, "-C", folder, ...args];
	return new Promise((resolve, reject) => {
		const child = execFile("git", all, options, (error, stdout, stderr) => {
			if (error === null) resolve(stdout);
			else if (signal?.aborted) reject(signal.reason);
			else reject(new Error(reasonFor(error, stderr), { cause: error }));
		});
		child.stdin?.end();
	});
}

function environmentOfUser(): NodeJS.ProcessEnv {
	return Object.fromEntries(Object.entries(process.env).filter(([name]) => !ELSEWHERE.test(name)));
}

/** Why git gave no answer, in its own words where it has some. */
function reasonFor(error: ExecFileException, stderr: string): string {
	if (error.code === "ENOENT") return "git was not found";
	if (error.killed) return "git did not answer in time";
	return /^fatal: (.*)$/m.exec(stderr)?.[1] ?? error.message;
}
