import * as vscode from "vscode";
import { sessionPage } from "../../live/export/sessionPage.ts";
import type { GraphFeed } from "../../live/graphFeed.ts";
import { REAP_AFTER_MS } from "../../live/liveFeed.ts";
import { recordSession } from "../../live/recording/recordSession.ts";
import { wholeRecording } from "../../live/recording/wholeRecording.ts";
import { makeSessionExport } from "../../model/recording/sessionExport.ts";
import { type CommandName, commands } from "../ids.ts";
import { pastSourcesOf, type SessionTargets } from "../sessions/sessionCommands.ts";
import { sessionDescription, sessionLabel } from "../sessions/sessionText.ts";
import { askWhere, saveExport } from "./saveFile.ts";
import { exportView } from "./viewExport.ts";

export interface ExportTargets extends SessionTargets {
	/** Folder of the extension's own bundles. */
	readonly dist: string;
}

/** What is exported of a session, and where to; what is not given is asked for. */
interface SessionWish {
	readonly session?: unknown;
	/** Id of a row of Sessions. */
	readonly id?: unknown;
	/** Where the session is shown. */
	readonly feed?: GraphFeed;
	readonly file?: unknown;
	readonly hasPrompt?: unknown;
}

/** In which form a session is taken along. */
interface SessionForm {
	readonly ending: "html" | "json";
	/** Whether what was asked first is told. */
	readonly hasPrompt: boolean;
}

type ExportCommand = Extract<CommandName, "exportView" | "exportSession">;

/** What can be taken along of what is shown. */
export function exportHandlers(
	targets: ExportTargets,
): Record<ExportCommand, (row: unknown) => unknown> {
	return {
		exportView: () => exportView(targets.panels),
		exportSession: (row) => exportSession(targets, (row ?? {}) as SessionWish),
	};
}

/** For the panel: what it shows, as the command exports it. */
export function askForSession(feed: GraphFeed, session: string | null): void {
	const wish: SessionWish = session === null ? {} : { session, feed };
	void vscode.commands.executeCommand(commands.exportSession, wish);
}

async function exportSession(targets: ExportTargets, wish: SessionWish): Promise<void> {
	// A title menu hands over the editor's own address, which names no session.
	const session = idOf(wish) ?? (await askWhich(targets));
	if (session === undefined) return;
	const given = wish.file instanceof vscode.Uri ? wish.file : undefined;
	const form = given === undefined ? await askForm() : formOf(given, wish);
	if (form === undefined) return;
	const filters = form.ending === "html" ? HTML : JSON_ONLY;
	const file = given ?? (await askWhere("Export Session", session.slice(0, 8), filters));
	if (file === undefined) return;
	await saveExport(file, await textOf(targets, wish.feed, session, form));
}

async function textOf(
	targets: ExportTargets,
	shownBy: GraphFeed | undefined,
	session: string,
	{ ending, hasPrompt }: SessionForm,
): Promise<string> {
	const feed = shownBy ?? (await recorderOf(targets, session));
	const recording = await wholeRecording(session, (...asked) => feed.record(...asked));
	const prompt = hasPrompt ? (await targets.transcripts.beginningOf(session)).prompt : null;
	const made = makeSessionExport(recording, {
		now: Date.now(),
		silenceMs: REAP_AFTER_MS,
		prompt,
	});
	if (ending === "json") return `${JSON.stringify(made, null, "\t")}\n`;
	return sessionPage(made, vscode.Uri.joinPath(vscode.Uri.file(targets.dist), "webview").fsPath);
}

/** Of a session that no panel shows. */
async function recorderOf(
	targets: ExportTargets,
	session: string,
): Promise<Pick<GraphFeed, "record">> {
	const { origin, ...sources } = await pastSourcesOf(targets, session);
	const { startReading } = origin;
	return {
		record: (id, tell) =>
			recordSession({ ...sources, startReading, session: id, isFollowing: false }, tell),
	};
}

function idOf({ session, id }: SessionWish): string | undefined {
	const named = session ?? id;
	return typeof named === "string" ? named : undefined;
}

function formOf(file: vscode.Uri, { hasPrompt }: SessionWish): SessionForm {
	return { ending: file.path.endsWith(".json") ? "json" : "html", hasPrompt: hasPrompt === true };
}

/** The newest that there are. */
async function askWhich({ telemetry, sessions }: ExportTargets): Promise<string | undefined> {
	const known = (await telemetry.current?.sessions(MOST_OFFERED)) ?? [];
	const items = known.map(async (session) => ({
		id: session.id,
		label: sessionLabel(session, (await sessions.beginningOf(session.id)).prompt),
		description: sessionDescription(session, Date.now()),
	}));
	const title = "Export Session";
	const choice = await vscode.window.showQuickPick(Promise.all(items), { title });
	return choice?.id;
}

async function askForm(): Promise<SessionForm | undefined> {
	const choice = await vscode.window.showQuickPick([...FORMS], { title: "Export Session" });
	return choice;
}

const MOST_OFFERED = 30;
const HTML = { HTML: ["html"] } as const;
const JSON_ONLY = { JSON: ["json"] } as const;
const FORMS: readonly (vscode.QuickPickItem & SessionForm)[] = [
	{
		ending: "html",
		hasPrompt: false,
		label: "HTML page",
		description: "graph, timeline and replay in one file; no word of a prompt",
	},
	{
		ending: "html",
		hasPrompt: true,
		label: "HTML page with what was asked",
		description: "the first prompt is its title",
	},
	{
		ending: "json",
		hasPrompt: false,
		label: "JSON",
		description: "nodes, figures and events, for programs",
	},
];
