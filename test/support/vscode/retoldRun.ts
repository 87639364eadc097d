import { mkdirSync, readdirSync, readFileSync, utimesSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { runFolder } from "../transcripts/recordedRun.ts";

const RECORDED = "cc9c3326-8023-4890-8db5-46673b7c9bf3";
const TIMESTAMP = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z/g;
/** The run took two seconds; people's take minutes. */
const SLOWER = 20;
/** When its last call was asked for, and when the slowest was answered. */
const LAST_CALL = Date.parse("2026-11-21T04:48:36.787Z");
const SLOW_ANSWER = Date.parse("2026-11-21T04:48:36.705Z");
/** How much longer the call takes that is the slowest, ms. */
const SLOW_CALL_MS = 60_000;
const SLEEP = "sleep 0.3";
const PIPED = /"command":"cat <<.*?python3\\nprint\(6 \* 7\)\\nEND"/;

interface Retelling {
	readonly session: string;
	/** Sets its ids apart from those of the same run told as another session; one hex digit. */
	readonly mark: string;
	/** Folder that it ran in. */
	readonly cwd: string;
	/** When its last call starts, ms since the epoch. */
	readonly lastCallAt: number;
	/** Whether that call goes on. */
	readonly isRunning: boolean;
	/** What was asked first. */
	readonly prompt: string;
}

/** Writes the transcripts of a recorded run as those of another session at another time. */
export function retellRun(projects: string, retelling: Retelling): void {
	const folder = join(runFolder("everything"), "projects");
	for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
		if (!entry.isFile()) continue;
		const file = join(entry.parentPath, entry.name);
		const text = retold(readFileSync(file, "utf8"), retelling);
		const path = join(projects, renamed(file.slice(folder.length), retelling));
		mkdirSync(dirname(path), { recursive: true });
		const isMain = entry.name.startsWith(RECORDED);
		writeFileSync(path, isMain && retelling.isRunning ? withoutEnd(text) : text);
		const at = new Date(Math.min(Date.now(), retelling.lastCallAt + 10_000));
		utimesSync(path, at, at);
	}
}

function retold(text: string, retelling: Retelling): string {
	return renamed(text, retelling)
		.replace(TIMESTAMP, (time) => {
			const at = Date.parse(time);
			const extra = at >= SLOW_ANSWER ? 0 : SLOW_CALL_MS;
			const ms = retelling.lastCallAt + (at - LAST_CALL) * SLOWER - extra;
			return new Date(ms).toISOString();
		})
		.replaceAll("TASK:main go", retelling.prompt)
		.replaceAll('"cwd":"/home/dev/project"', `"cwd":${JSON.stringify(retelling.cwd)}`)
		.replace(SLEEP, "make -j2")
		.replace(PIPED, '"command":"cargo test"');
}

/** Each id is one of this session alone. */
function renamed(text: string, { session, mark }: Retelling): string {
	return text
		.replace(/\b[0-9a-f](?=[0-9a-f]{7}-[0-9a-f]{4}-)/g, mark)
		.replaceAll(`${mark}${RECORDED.slice(1)}`, session)
		.replace(/toolu_0/g, `toolu_${mark}`)
		.replace(/msg_/g, `msg_${mark}`)
		.replace(/\ba(?=[0-9a-f]{16}\b)/g, `a${mark}`);
}

/** The main transcript until its last call is asked for. */
function withoutEnd(text: string): string {
	const lines = text.split("\n");
	const last = lines.findIndex((line) => line.includes("cargo test"));
	return `${lines.slice(0, last + 1).join("\n")}\n`;
}
