import { baseName } from "../../model/views/baseName.ts";
import type { ShellCommand } from "./commandLine.ts";
import { verbIndex } from "./verbs.ts";
import type { Word } from "./word.ts";

/** How a wrapper's own words are told from those of the command that it runs. */
interface Wrapper {
	/** Whether the next word is the option's value. */
	readonly isValued: (option: string) => boolean;
	/** Words of its own before the command. */
	readonly operands: number;
	/** Options with which it runs no command. */
	readonly alone: ReadonlySet<string>;
	/** Options behind one of which alone a command stands; empty where none is needed. */
	readonly before: ReadonlySet<string>;
}

/** Programs that run another one, which is the one to be named; a verb's name stands behind theirs. */
const WRAPPERS: ReadonlyMap<string, Wrapper> = new Map([
	wrapper("env", "-u --unset -C --chdir"),
	wrapper(
		"sudo",
		"-u --user -g --group -h --host -p --prompt -C -r -t -U -D --chdir -T -R",
		0,
		"-l -v -k -K",
	),
	wrapper("doas", "-u -C"),
	wrapper("runuser", "-u --user -g --group -G", 0, "-c --command -l -"),
	wrapper("gosu", "", 1),
	wrapper("chroot", "", 1),
	wrapper("timeout", "-s --signal -k --kill-after", 1),
	wrapper("gtimeout", "-s --signal -k --kill-after", 1),
	wrapper("nice", "-n --adjustment"),
	wrapper("ionice", "-c --class -n --classdata", 0, "-p"),
	wrapper(
		"xargs",
		"-I -n -P -L -d -a -E -s --max-args --max-procs --delimiter --arg-file --replace",
	),
	wrapper("nohup"),
	wrapper("setsid"),
	wrapper("time", "-f --format -o --output"),
	wrapper("stdbuf", "-i --input -o --output -e --error"),
	wrapper("command", "", 0, "-v -V"),
	wrapper("builtin"),
	wrapper("coproc"),
	wrapper("exec", "-a"),
	wrapper("unbuffer"),
	wrapper("caffeinate", "-t -w"),
	wrapper("arch"),
	wrapper("chronic"),
	wrapper("flock", "-w --wait --timeout -E", 1, "-c --command"),
	wrapper("taskset", "", 1, "-p"),
	wrapper("numactl", "-N -m -C --cpunodebind --membind --physcpubind"),
	wrapper("strace", "-e -o -p -s -u -a -E"),
	wrapper("xvfb-run", "-n -s -e -f -p -w --server-num --server-args --error-file"),
	wrapper("watch", "-n --interval"),
	wrapper("parallel", "-j --jobs -a --arg-file -I -n -N -C --colsep -d --delimiter -S --joblog"),
	wrapper("dbus-run-session", "--config-file"),
	wrapper("systemd-run", "-p --property -u --unit -E --setenv -M --machine --slice --uid --gid"),
	wrapper("busybox"),
	wrapper("cross-env"),
	wrapper("script", "-t -T", 1, "-c -qc -qec -qefc --command"),
	wrapper("unshare"),
	wrapper("firejail"),
	wrapper("entr"),
	wrapper("winpty"),
	wrapper("xcrun", "--sdk --toolchain", 0, "-f --find --show-sdk-path --show-sdk-version"),
	wrapper("corepack", "", 0, "enable disable prepare use install up cache"),
	wrapper("dotenv", "-e -v -p -f --file"),
	wrapper("start-process", "-WorkingDirectory -WindowStyle -Verb"),
	// What the grammar takes for a program: `time for x in a; do make; done`.
	wrapper("do"),
	wrapper("then"),
	wrapper("else"),
	wrapper("if"),
	wrapper("while"),
	wrapper("until"),
	// Package managers, which start a program of the project's or fetch it first.
	wrapper("npx", "-p --package -w --workspace", 0, "-c --call"),
	wrapper("pnpx", "-p --package"),
	wrapper("bunx", "-p --package"),
	wrapper("npm exec", "-p --package -w --workspace", 0, "-c --call"),
	wrapper("npm x", "-p --package -w --workspace", 0, "-c --call"),
	wrapper("pnpm exec", "--filter -F"),
	wrapper("pnpm dlx", "--package"),
	wrapper("yarn exec"),
	wrapper("yarn dlx", "-p --package"),
	wrapper("bun x", "-p --package"),
	wrapper(
		"uv run",
		"--with --with-editable --with-requirements -p --python --extra --group --only-group --package --project --directory --env-file --index-url --no-extra --no-group",
	),
	wrapper("uvx", "--from --with --with-editable -p --python --index-url"),
	wrapper("uv-tool run", "--from --with --with-editable -p --python --index-url"),
	wrapper("pipx run", "--spec --python --pip-args"),
	wrapper("poetry run", "-C --directory -P --project"),
	wrapper("pipenv run"),
	wrapper("pdm run", "-p --project"),
	wrapper("rye run"),
	wrapper("hatch run"),
	wrapper("conda run", "-n --name -p --prefix --cwd"),
	wrapper("mamba run", "-n --name -p --prefix --cwd"),
	wrapper("micromamba run", "-n --name -p --prefix --cwd"),
	wrapper("bundle exec"),
	wrapper("mise exec", "-C --cd"),
	wrapper("mise x", "-C --cd"),
	wrapper("asdf exec"),
	wrapper("rbenv exec"),
	wrapper("pyenv exec"),
	wrapper("direnv exec", "", 1),
	wrapper("doppler run", "-p --project -c --config"),
	wrapper("op run", "--env-file"),
	wrapper("dotenvx run", "-f --env-file -e --env -fk"),
	wrapper("infisical run", "--env --path --projectId --token --tags", 0, "--command"),
	wrapper("opam exec", "--switch --root"),
	wrapper("stack exec", "--package"),
	wrapper("cabal exec"),
	wrapper("guix shell", "", 0, "", "--"),
	wrapper("perf stat", "-e -r -p -o -C -I"),
	wrapper("perf record", "-e -F -g -p -o -C"),
	wrapper("pixi run", "-e --environment --manifest-path"),
	wrapper("aws-vault exec", "-d --duration --region", 1),
	wrapper("rustup run", "", 1),
	wrapper("nix develop", "", 0, "", "-c --command"),
	wrapper("nix shell", "", 0, "", "-c --command"),
	wrapper("coverage run", "--source --omit --include --rcfile --data-file --context"),
	wrapper("c8", "-r --reporter -x --exclude -n --include -o --reports-dir"),
	wrapper("nyc", "-r --reporter -x --exclude -n --include"),
	// Containers and pods: what is named is what runs within.
	container("docker run", "--rm --init --privileged --read-only --publish-all"),
	container("docker exec", "--privileged"),
	container("podman run", "--rm --init --privileged --read-only --publish-all --replace"),
	container("podman exec", "--privileged"),
	container("docker-compose exec", "--privileged --no-TTY"),
	container(
		"docker-compose run",
		"--rm --no-deps --build --service-ports --no-TTY --use-aliases --remove-orphans --quiet-pull",
	),
	container("kubectl exec", ""),
	container("oc exec", ""),
	wrapper("devcontainer exec", "--workspace-folder --container-id --config"),
	wrapper("wsl", "-d --distribution -u --user --cd", 0, "-l --list --install --shutdown --status"),
]);

/** `uv run x.py` starts an interpreter that it does not name, `pdm run test` a task of the project's. */
const NO_PROGRAM =
	/\.pyw?$|:|^(?:test|tests|lint|check|build|dev|start|serve|docs|format|fmt|typecheck)$/;

/** Verbs that have verbs of their own, by a name under which these are looked up. */
const GROUPS: ReadonlyMap<string, string> = new Map([
	["docker compose", "docker-compose"],
	["podman compose", "docker-compose"],
	["uv tool", "uv-tool"],
]);

const SHELLS: ReadonlySet<string> = new Set(["bash", "sh", "zsh", "dash", "ksh", "ash"]);

export function isShell(program: string): boolean {
	return SHELLS.has(program);
}

/** A program by its path, without what only says of what kind or version it is. */
export function programAt(path: string): string {
	return baseName(path)
		.replace(/(?<=.)@.*$/s, "")
		.replace(/\.(?:exe|cmd|bat)$/i, "");
}

/** `$(which python3)` and `${PYTHON:-python3}` say which program they stand for. */
const CHOSEN =
	/^(?:\$\(|`)\s*(?:which|command -v|type -[pP])\s+([\w./+-]+)|^\$\{\w+:?[-=]([\w./+-]+)\}$/;

/** The base name of a word's program, of one below a folder in a variable too; empty where unknown. */
export function programIn(word: Word | undefined): string {
	if (word === undefined) return "";
	if (word.isLiteral) return programAt(word.text);
	const [, found, standIn] = CHOSEN.exec(word.text) ?? [];
	return programAt(found ?? standIn ?? /[/\\][\w.+-]+$/.exec(word.text)?.[0] ?? "");
}

/** The words of the command that is run in the end: what wraps it is taken off. */
export function unwrap(words: readonly Word[]): readonly Word[] {
	let rest = words;
	for (;;) {
		const inner = wrappedIn(programIn(rest[0]), rest.slice(1));
		if (inner === null) return rest;
		rest = inner;
	}
}

/** The program that a command runs in the end, by its base name; empty where it is not known. */
export function programOf({ words }: ShellCommand): string {
	return programIn(unwrap(words)[0]);
}

const STARTS = /^-(?:exec|execdir|ok|okdir|x|-exec|X|-exec-batch)$/;

/** What `find -exec` and `fd -x` run beside their own work; null where they run nothing. */
export function startedBy({ words }: ShellCommand): readonly Word[] | null {
	const [first, ...rest] = unwrap(words);
	if (!/^(?:find|fd|fdfind)$/.test(programIn(first))) return null;
	const at = rest.findIndex(({ text }) => STARTS.test(text));
	const end = rest.findIndex(({ text }, index) => index > at && /^[;+]$/.test(text));
	const started = at < 0 ? [] : rest.slice(at + 1, end < 0 ? undefined : end);
	return started.length === 0 ? null : started;
}

/** @param rest the words behind the program; null where it runs no other command */
function wrappedIn(program: string, rest: readonly Word[]): readonly Word[] | null {
	const name = program.toLowerCase();
	const wrap = WRAPPERS.get(name);
	if (wrap !== undefined) return behind(rest, wrap);
	const at = verbIndex(name, rest);
	if (at === null) return null;
	const verb = `${name} ${rest[at]?.text}`;
	const group = GROUPS.get(verb);
	if (group !== undefined) return wrappedIn(group, rest.slice(at + 1));
	const launcher = WRAPPERS.get(verb);
	return launcher === undefined ? null : behind(rest.slice(at + 1), launcher);
}

/** The wrapped command; null where there is none. */
function behind(words: readonly Word[], wrapper: Wrapper): readonly Word[] | null {
	if (wrapper.before.size > 0) {
		const at = words.findIndex(({ text }) => wrapper.before.has(text));
		return at < 0 || at === words.length - 1 ? null : words.slice(at + 1);
	}
	let index = 0;
	let left = wrapper.operands;
	for (; index < words.length; index++) {
		const text = words[index]?.text ?? "";
		if (text === "--") {
			index++;
			break;
		}
		if (wrapper.alone.has(text)) return null;
		if (text.startsWith("-") && text !== "-") {
			if (wrapper.isValued(text)) index++;
		} else if (/^(?:[A-Za-z_]\w*\+?=|\$\((?:cat|grep|cut|sed|xargs)\b)/.test(text)) {
			// An assignment, as `env` and `sudo` take them, or what makes some of a file.
		} else if (text === "{") {
			// A group behind `time`, which the grammar takes for words.
		} else if (left === 0) break;
		else left--;
	}
	const command = words.slice(index + left);
	return command.length === 0 || NO_PROGRAM.test(command[0]?.text ?? "") ? null : command;
}

function set(words: string): ReadonlySet<string> {
	return new Set(words.split(/\s+/).filter(Boolean));
}

function wrapper(
	name: string,
	valued = "",
	operands = 0,
	alone = "",
	before = "",
): [string, Wrapper] {
	const options = set(valued);
	const isValued = (option: string): boolean => options.has(option) || endsValued(option, options);
	return [name, { isValued, operands, alone: set(alone), before: set(before) }];
}

/** `-iu user`: of letters that stand together only the last may await its value. */
function endsValued(option: string, valued: ReadonlySet<string>): boolean {
	if (!/^-[A-Za-z0-9]{2,}$/.test(option)) return false;
	return [...option].findIndex((letter) => valued.has(`-${letter}`)) === option.length - 1;
}

/** Most options of containers have a value, so those that have none are named. */
function container(name: string, flags: string): [string, Wrapper] {
	const none = set(`--detach --interactive --tty --stdin --quiet ${flags}`);
	const isValued = (option: string): boolean =>
		/^-[^-ditqTP]$|^--[^=]+$/.test(option) && !none.has(option);
	return [name, { isValued, operands: 1, alone: set(""), before: set("") }];
}
