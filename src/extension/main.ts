import * as vscode from "vscode";
import { Commands } from "./commands.ts";
import { SETTINGS_SECTION, TRANSCRIPT_SCHEME } from "./ids.ts";
import { readSettings, type Settings } from "./settings.ts";
import { openOnStartup } from "./startup.ts";
import { EditorWindow } from "./window/editorWindow.ts";
import { after, every } from "./window/timers.ts";

/** The first look at hooks waits until the window has started, ms. */
const FIRST_LOOK_MS = 2000;
/**
 * How often it is looked whether upkeep is due, ms. One long timer would stand still while the
 * machine sleeps.
 */
const UPKEEP_LOOK_MS = 60_000;

/** What activate() hands out, for the tests that run inside the extension host. */
export type Api = EditorWindow;

/** Outlives start(), because deactivate() is handed nothing. */
let running: EditorWindow | null = null;

export function activate(context: vscode.ExtensionContext): Api {
	const log = vscode.window.createOutputChannel("Agent Live Graph", { log: true });
	context.subscriptions.push(log);
	try {
		return start(context, log);
	} catch (error) {
		// VS Code itself only writes to its own log when an extension fails to start.
		log.error("Activation failed", error instanceof Error ? error : String(error));
		void vscode.window.showErrorMessage(`Agent Live Graph could not start: ${String(error)}`);
		throw error;
	}
}

/** VS Code waits for about 5 s: time to save what was recorded last. */
export async function deactivate(): Promise<void> {
	await running?.close();
}

function start(context: vscode.ExtensionContext, log: vscode.LogOutputChannel): Api {
	const startedAt = performance.now();
	const window = new EditorWindow(context, log);
	running = window;
	window.documents.add("Agent Live Graph Status", () => window.status());
	const tellOfSessions = () => window.tellOfSessions();
	context.subscriptions.push(
		window,
		new Commands(window, window.onDemand),
		{ dispose: window.feed.listen({ patch: tellOfSessions, reset: tellOfSessions }) },
		vscode.workspace.registerTextDocumentContentProvider(TRANSCRIPT_SCHEME, {
			onDidChange: window.onDidChangeTranscript,
			provideTextDocumentContent: (uri) => window.transcripts.provideTextDocumentContent(uri),
		}),
		vscode.window.registerUriHandler({
			handleUri: (uri) => window.onDemand().openTranscriptLink(uri),
		}),
		after(FIRST_LOOK_MS, () => window.lookAround()),
		every(UPKEEP_LOOK_MS, () => window.settings.upkeepEveryHours !== null && window.upkeep.look()),
		onDidChangeSettings((settings) => {
			window.configure(settings);
			window.heedSettings();
		}),
		openOnStartup(window.feed, window.panels, window.settings),
	);
	window.heedSettings();
	window.activationMs = performance.now() - startedAt;
	log.info(
		`Activated in ${window.activationMs.toFixed(1)} ms, following ${window.settings.eventsFile}`,
	);
	return window;
}

/** Settings take effect at once, and so do folders that are added to the workspace. */
function onDidChangeSettings(apply: (settings: Settings) => void): vscode.Disposable {
	return vscode.Disposable.from(
		vscode.workspace.onDidChangeConfiguration((event) => {
			if (event.affectsConfiguration(SETTINGS_SECTION)) apply(readSettings());
		}),
		vscode.workspace.onDidChangeWorkspaceFolders(() => apply(readSettings())),
	);
}
