import * as path from "node:path";
import { FIRST_HOOKED, HOOKED_CLIENTS } from "../../ingest/clients/hookedClients.ts";
import {
	decidingOnHooks,
	folderOf,
	isWrittenTwice,
	sessionsOf,
} from "../settings/sessionSettings.ts";
import type { InstalledHooks } from "./hookStatus.ts";
import { ignoredText } from "./statusText.ts";

/**
 * What transcripts tell must be this much newer than what hooks tell to mean anything, ms: while a
 * model writes a long answer there is no hook for minutes.
 */
const SILENCE_MS = 300_000;
/** Hooks of an older kind that have written nothing for so long have been taken out, ms. */
const OLDER_HOOKS_MS = 86_400_000;
/** A report that jq is missing is written once a day; an older one has been taken care of. */
const JQ_REPORT_MS = 86_400_000;

/** Events that each script writes (docs/events.md). */
const EVENTS_OF_SCRIPTS: Readonly<Record<string, readonly string[]>> = {
	"agent-event-spawn.sh": ["agent_spawn"],
	"agent-event-done.sh": ["agent_link", "agent_done"],
	"tool-use-event.sh": ["tool_use", "tool_result"],
	"skill-record.sh": ["skill_use"],
	"numeric-claims-record.sh": ["numeric_claim"],
	"agent-lifecycle.sh": [
		"session_start",
		"session_end",
		"prompt",
		"agent_start",
		"agent_stop",
		"agent_result",
		"permission_wait",
		"notification",
		"compact",
		"turn_end",
	],
};

/** What is known of the hooks. Times are ms since the epoch. */
export interface HealthFacts {
	readonly now: number;
	/** The settings files that sessions here read. */
	readonly settings: readonly InstalledHooks[];
	/** When each event that our hooks write came last, by client; 0 where no time was known. */
	readonly lastEvents: ReadonlyMap<string, ReadonlyMap<string, number>>;
	/** When hooks of an older kind wrote to the log last; null when they have not. */
	readonly olderAt: number | null;
	/** When jq was last reported missing; null when it was not. */
	readonly jqMissingAt: number | null;
	/** The first client's configuration folder as this program sees it. */
	readonly configFolder: string;
	/** What that client's transcripts tell; null where none are read or none has told anything. */
	readonly transcripts: {
		readonly lastAt: number;
		/** The same by the folder that a session runs in, as far as it is known. */
		readonly folders: ReadonlyMap<string, number>;
		/** Configuration folder that they lie in; null when it is not known. */
		readonly configFolder: string | null;
	} | null;
}

type HealthProblemKind =
	| "unreadable"
	| "ignored"
	| "disabled"
	| "not_installed"
	| "incomplete"
	| "scripts_missing"
	| "outdated"
	| "changed_by_hand"
	| "twice"
	| "jq_missing"
	| "older_hooks"
	| "untrusted"
	| "wrong_home"
	| "silent";

interface HealthProblem {
	readonly kind: HealthProblemKind;
	/** A sentence for people that says what to do. */
	readonly message: string;
}

export interface HealthReport {
	/** Worst first. */
	readonly problems: readonly HealthProblem[];
	/** Scripts and when each wrote last; null for one that has not. */
	readonly scripts: readonly { readonly script: string; readonly lastAt: number | null }[];
	/** When any hook of the first client wrote last; null when none has. */
	readonly lastAt: number | null;
}

/** Judges the hooks by what is installed, what the log has, and what transcripts have. */
export function hookHealth(facts: HealthFacts): HealthReport {
	const own = facts.lastEvents.get(FIRST_HOOKED.name) ?? new Map<string, number>();
	const all = [...facts.lastEvents.values()];
	const scripts = Object.entries(EVENTS_OF_SCRIPTS).map(([script, events]) => ({
		script,
		lastAt: latest(all.flatMap((told) => events.map((event) => told.get(event) ?? 0))),
	}));
	const known = new Set(Object.values(EVENTS_OF_SCRIPTS).flat());
	const lastAt = latest([...own].map(([event, at]) => (known.has(event) ? at : 0)));
	const settings = facts.settings.filter(({ client }) => client === FIRST_HOOKED);
	const problems = [...problemsOf({ ...facts, settings }, lastAt), ...othersProblems(facts)];
	return { problems, scripts, lastAt };
}

/** What is wrong with the settings of other clients; that they have no hooks is not. */
function othersProblems({ settings, lastEvents }: HealthFacts): HealthProblem[] {
	return HOOKED_CLIENTS.filter((client) => client !== FIRST_HOOKED).flatMap((client) => {
		const own = settings.filter((each) => each.client === client);
		const off = turningOff(own, false);
		const isUntold =
			own.some(isInForce) && client.hooks.trust !== "" && !lastEvents.has(client.name);
		const problems = [
			...(off.size > 0 ? [problem("disabled", [...off].join(", "))] : []),
			...(isUntold ? [{ kind: "untrusted", message: client.hooks.trust } as const] : []),
			...flaws(own),
		];
		return problems.map(({ kind, message }) => ({ kind, message: `${client.title}: ${message}` }));
	});
}

function latest(times: readonly number[]): number | null {
	const last = Math.max(0, ...times);
	return last === 0 ? null : last;
}

function problemsOf(facts: HealthFacts, lastAt: number | null): HealthProblem[] {
	const problems = [...disagreements(facts, lastAt), ...flaws(facts.settings)];
	const isOlder = facts.olderAt !== null && facts.now - facts.olderAt <= OLDER_HOOKS_MS;
	return isOlder ? [...problems, problem("older_hooks")] : problems;
}

/** What hooks should have written and have not. */
function disagreements(facts: HealthFacts, lastAt: number | null): HealthProblem[] {
	const { settings, jqMissingAt } = facts;
	const isInstalled = settings.some(isInForce);
	const transcripts = transcriptsToTell(facts);
	const isBehind = transcripts !== null && transcripts.lastAt - (lastAt ?? 0) > SILENCE_MS;
	const problems: HealthProblem[] = [];
	const off = turningOff(settings, lastAt !== null);
	if (off.size > 0) problems.push(problem("disabled", [...off].join(", ")));
	if (isJqMissing(facts.now, jqMissingAt, lastAt)) problems.push(problem("jq_missing"));
	if (problems.length > 0 || (!isBehind && (isInstalled || lastAt !== null))) return problems;
	// Installing them again would help nobody whose file is not read.
	if (!isInstalled) return settings.some(isInVain) ? [] : [problem("not_installed")];
	const home = transcripts?.configFolder ?? null;
	return [problem(home !== null && home !== facts.configFolder ? "wrong_home" : "silent")];
}

/**
 * What transcripts tell of sessions whose hooks should tell it too. Hooks in the settings of folders
 * say nothing of a session elsewhere.
 */
function transcriptsToTell({ settings, transcripts }: HealthFacts): HealthFacts["transcripts"] {
	const user = settings.filter((each) => folderOf(each) === null);
	const isAnySession = user.some(isInForce) && decidingOnHooks(user)?.isDisabled !== true;
	if (transcripts === null || isAnySession || !settings.some(isInForce)) return transcripts;
	const own = sessionsOf(settings)
		.filter((session) => session.some(isInForce))
		.flatMap((session) => session.map(folderOf))
		.filter((folder) => folder !== null);
	const times = [...transcripts.folders]
		.filter(([folder]) => own.some((each) => path.relative(each, folder) === ""))
		.map(([, lastAt]) => lastAt);
	// The folder of the configuration is that of the newest transcript, of whatever session.
	return { ...transcripts, lastAt: Math.max(0, ...times), configFolder: null };
}

/** Files that keep hooks of ours from running; those of anybody else are no concern of ours. */
function turningOff(settings: readonly InstalledHooks[], haveWritten: boolean): Set<string> {
	const files = new Set<string>();
	// What no settings name comes from a plugin, which every session has.
	const isPlugin = haveWritten && !settings.some(isInForce);
	for (const session of sessionsOf(settings)) {
		const deciding = decidingOnHooks(session);
		const isOurs = isPlugin || session.some(isInForce);
		if (deciding?.isDisabled && isOurs) files.add(deciding.file);
	}
	return files;
}

function isJqMissing(now: number, reportedAt: number | null, lastAt: number | null): boolean {
	if (reportedAt === null || now - reportedAt > JQ_REPORT_MS) return false;
	return lastAt === null || reportedAt >= lastAt;
}

function isInForce({ installed, isIgnored }: InstalledHooks): boolean {
	return installed > 0 && !isIgnored;
}

/** Whether there are hooks of ours in a file that the client does not read. */
function isInVain({ versions, isIgnored }: InstalledHooks): boolean {
	return isIgnored && versions.length > 0;
}

/** What is wrong with the settings themselves. */
function flaws(settings: readonly InstalledHooks[]): HealthProblem[] {
	const problems: HealthProblem[] = [];
	for (const { client, file } of settings.filter(isInVain)) {
		problems.push({ kind: "ignored", message: ignoredText(client, file) });
	}
	for (const { file, error, ...hooks } of settings.filter(({ isIgnored }) => !isIgnored)) {
		if (error !== null) problems.push(problem("unreadable", `${file}: ${error}`));
		if (hooks.missingScripts > 0) problems.push(problem("scripts_missing", file));
		if (hooks.installed > 0 && hooks.installed < hooks.wanted) {
			problems.push(problem("incomplete", file));
		}
		if (hooks.isOutdated) problems.push(problem("outdated", file));
		if (hooks.changedByHand > 0) problems.push(problem("changed_by_hand", file));
	}
	const twice = settings.filter((one) => settings.some((other) => isWrittenTwice(one, other)));
	if (twice.length > 0) {
		problems.push(problem("twice", twice.map(({ file }) => file).join(", ")));
	}
	return problems;
}

const MESSAGES: Readonly<Record<Exclude<HealthProblemKind, "ignored" | "untrusted">, string>> = {
	unreadable: "Settings can not be read",
	disabled: "Hooks are turned off: disableAllHooks is set. Take it out to turn them on.",
	not_installed: "Hooks are not installed. Run Install Hooks.",
	incomplete: "Some hooks are missing. Run Install Hooks.",
	scripts_missing: "Scripts of the hooks are gone. Run Install Hooks.",
	outdated: "Hooks of another version are installed. Run Install Hooks to bring them up to date.",
	changed_by_hand: "Hooks have been changed by hand; they are left as they are.",
	twice: "Sessions read hooks in two settings and write every event twice: uninstall one of them.",
	jq_missing: "Hooks write nothing: jq is missing.",
	older_hooks:
		"Hooks of an older kind write to this log, and tell less. Take them out of Claude Code's settings; Install Hooks puts in those of this version.",
	wrong_home: "Sessions run with another configuration folder, whose hooks write another log.",
	silent:
		"Sessions run, but their hooks write nothing here. They may have started before the hooks were installed, or write to another log ($KEI_EVENTS_FILE).",
};

function problem(kind: keyof typeof MESSAGES, detail = ""): HealthProblem {
	return { kind, message: detail === "" ? MESSAGES[kind] : `${MESSAGES[kind]} (${detail})` };
}
