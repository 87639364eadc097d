/**
 * How much of a line's work a program does; see "The function of a shell call" in docs/telemetry.md.
 * `nothing`: it only sets up the shell, and is never named. `says`: it tells, asks or waits.
 * `handles`: it looks at files and processes, or puts them in place. `works`: any other.
 */
const WEIGHTS = ["nothing", "says", "within", "handles", "works"] as const;
export type Weight = (typeof WEIGHTS)[number];

/** In small letters: PowerShell does not tell them apart. */
const NOTHING = `cd pushd popd chdir export unset set source . : true false test [ [[ exit return break
	continue shift trap wait shopt setopt unsetopt ulimit umask alias unalias hash bg fg disown jobs
	getopts let local declare typeset readonly exec eval activate activate.ps1 deactivate nvm fnm sdk module setlocal endlocal
	rem do then else if while until for case select fi done esac
	set-location sl push-location pop-location set-strictmode set-executionpolicy import-module
	set-variable set-alias out-null`;
const SAYS = `echo printf sleep date read mapfile readarray clear tput stty yes seq pwd whoami hostname uname id uptime env
	printenv which whereis type command builtin time logger say
	write-host write-output write-error write-warning write-verbose write-information start-sleep
	get-date read-host clear-host cls get-command get-location`;
const HANDLES = `ls cat head tail less more wc stat file tree du df mkdir rmdir touch chmod chown chgrp cp mv
	rm ln install find grep egrep fgrep rg ag fd sort uniq cut tr sed awk gawk column paste tee diff cmp
	comm basename dirname realpath readlink mktemp xargs kill pkill killall pgrep ps lsof
	fuser ss netstat taskkill tasklist get-process
	get-childitem gci dir get-content gc select-object select select-string sls where-object where ?
	foreach-object foreach % out-string out-file out-host set-content add-content new-item ni
	remove-item ri del erase rd copy-item cpi copy move-item mi move rename-item ren test-path
	join-path split-path resolve-path measure-object measure measure-command sort-object group-object
	format-table ft format-list fl tee-object get-item gi stop-process new-object convertfrom-json
	convertto-json md findstr start-job start-threadjob invoke-command icm`;

const BY_PROGRAM: ReadonlyMap<string, Weight> = new Map(
	Object.entries({ nothing: NOTHING, says: SAYS, handles: HANDLES }).flatMap(([weight, programs]) =>
		programs.split(/\s+/).map((program): [string, Weight] => [program, weight as Weight]),
	),
);
/** Verbs that differ from the rest of their program's. */
const BY_VERB: ReadonlyMap<string, Weight> = new Map([
	["conda activate", "nothing"],
	["mamba activate", "nothing"],
	["pyenv shell", "nothing"],
	["rbenv shell", "nothing"],
	["corepack enable", "says"],
	["git rev-parse", "handles"],
]);

/** @param words how many follow the program, and the first of them */
export function weightOf(program: string, verb: string | null, words: readonly string[]): Weight {
	const name = program.toLowerCase();
	const own = BY_VERB.get(`${name} ${verb}`) ?? BY_PROGRAM.get(name) ?? "works";
	// Whether it is there at all, and which.
	const asks = words.length === 1 && /^(?:--version|-V|-v|--help)$/.test(words[0] ?? "");
	return asks ? lesser(own, "says") : own;
}

export function lesser(a: Weight, b: Weight): Weight {
	return isMore(a, b) ? b : a;
}

export function isMore(a: Weight, b: Weight): boolean {
	return WEIGHTS.indexOf(a) > WEIGHTS.indexOf(b);
}
