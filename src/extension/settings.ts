import { homedir } from "node:os";
import { resolve } from "node:path";
import * as vscode from "vscode";
import { CLIENT_LABELS } from "../ingest/clients/clientIdentities.ts";
import { resolveEventsFile } from "../ingest/places/eventsFile.ts";
import { resolveTranscriptFolders } from "../ingest/places/transcriptFolders.ts";
import { type FeedSettings, REAP_AFTER_MS } from "../live/liveFeed.ts";
import { NO_USUAL_TIMES } from "../model/views/usualTimes.ts";
import { type Thresholds, thresholdsOf } from "../sequences/proposals/thresholds.ts";
import { SETTINGS_SECTION, settings } from "./ids.ts";
import type { ReceiveSettings } from "./receive/receiveHost.ts";
import type { StreamSettings } from "./stream/streamHost.ts";
import type { DoneWishes } from "./waits/doneNotices.ts";

const MINUTE_MS = 60_000;
/** One hour: a timer must not be set for longer than it can count. */
const MAX_NOTIFY_SECONDS = 3600;
/** Keeps the raw rows longer than anyone will look at them: about 100 years. */
const MAX_RETENTION_DAYS = 36_500;

/** The user's settings, checked: a settings file holds whatever its author typed. */
export interface Settings extends FeedSettings {
	/** Whether the statistics read transcripts of sessions that are over. */
	readonly readsHistory: boolean;
	/** How long a call waits for permission before a notification says so; 0 for never. */
	readonly notifyAfterMs: number;
	readonly notifyDone: DoneWishes;
	/** Hours between upkeep by the schedule, 1 to 24; null while that is off. */
	readonly upkeepEveryHours: number | null;
	readonly openOnStartup: boolean;
	readonly demoOnStartup: "never" | "whenEmpty" | "always";
	readonly telemetry: {
		readonly isEnabled: boolean;
		readonly retentionDays: number;
		/** The user's own rules for violations, unchecked. */
		readonly rules: unknown;
		/** SQLite file of registered functions, absolute; empty where there is none. */
		readonly registry: string;
	};
	/** From where on something is proposed. */
	readonly thresholds: Thresholds;
	readonly stream: StreamSettings;
	readonly receive: ReceiveSettings;
	/** Limits of what is spent, unchecked. */
	readonly budgets: unknown;
}

export function readSettings(): Settings {
	const config = vscode.workspace.getConfiguration(SETTINGS_SECTION);
	const setting = config.get<unknown>(settings.eventsFile);
	const eventsFile = resolveEventsFile({
		setting: textOf(setting),
		env: process.env,
		home: homedir(),
	});
	const minutes = config.get<unknown>(settings.reapAfterMinutes);
	const days = config.get<unknown>(settings.telemetryRetentionDays);
	const seconds = config.get<unknown>(settings.permissionNotificationsAfterSeconds);
	return {
		eventsFile,
		transcriptFolders: transcriptFoldersOf(config),
		readsHistory: config.get<unknown>(settings.transcriptsReadHistory) !== false,
		reapAfterMs: isPositive(minutes) ? minutes * MINUTE_MS : REAP_AFTER_MS,
		notifyAfterMs: isPositive(seconds) ? Math.min(seconds, MAX_NOTIFY_SECONDS) * 1000 : 0,
		notifyDone: {
			agents: config.get<unknown>(settings.doneNotificationsAgents) === true,
			sessions: config.get<unknown>(settings.doneNotificationsSessions) === true,
		},
		upkeepEveryHours: upkeepHoursOf(config),
		openOnStartup: config.get<unknown>(settings.openOnStartup) === true,
		demoOnStartup: oneOf(config.get<unknown>(settings.demoOnStartup), DEMO_CHOICES),
		panel: {
			showOtherSessions: config.get<unknown>(settings.showOtherSessions) !== false,
			reducedMotion: oneOf(config.get<unknown>(settings.reducedMotion), MOTION_CHOICES),
			usualTimes: NO_USUAL_TIMES,
			clients: CLIENT_LABELS,
			workspaceFolders: (vscode.workspace.workspaceFolders ?? []).map(({ uri }) => uri.fsPath),
			canOpen: true,
			lostAfterMs: REAP_AFTER_MS,
		},
		telemetry: {
			isEnabled: config.get<unknown>(settings.telemetryEnabled) !== false,
			retentionDays: isPositive(days) ? Math.min(days, MAX_RETENTION_DAYS) : 90,
			rules: config.get<unknown>(settings.telemetryRules) ?? [],
			registry: registryOf(config),
		},
		thresholds: thresholdsOf((name) => config.get<unknown>(`learning.${name}`)),
		budgets: config.get<unknown>(settings.budgets),
		stream: {
			isEnabled: config.get<unknown>(settings.streamEnabled) === true,
			bind: textOf(config.get<unknown>(settings.streamBind)),
		},
		receive: {
			isEnabled: config.get<unknown>(settings.receiveEnabled) === true,
			bind: textOf(config.get<unknown>(settings.receiveBind)),
			eventsFile,
		},
	};
}

function transcriptFoldersOf(config: vscode.WorkspaceConfiguration): string[] {
	if (config.get<unknown>(settings.transcriptsEnabled) === false) return [];
	const folders = config.get<unknown>(settings.transcriptsFolders);
	const extra = Array.isArray(folders) ? folders.filter((each) => typeof each === "string") : [];
	const chosen = config.get<unknown>(settings.transcriptsClients);
	const isRead = (client: string) => !isTurnedOff(chosen, client);
	return resolveTranscriptFolders({ extra, env: process.env, home: homedir(), isRead });
}

/** A client that the setting does not name is read. */
function isTurnedOff(chosen: unknown, client: string): boolean {
	return (
		typeof chosen === "object" &&
		Object.entries(chosen ?? {}).some(([name, isRead]) => name === client && isRead === false)
	);
}

function registryOf(config: vscode.WorkspaceConfiguration): string {
	const setting = textOf(config.get<unknown>(settings.registry)).trim();
	if (setting === "") return "";
	const folder = vscode.workspace.workspaceFolders?.[0]?.uri.fsPath ?? homedir();
	return resolve(folder, setting.replace(/^~(?=[/\\]|$)/, homedir()));
}

function upkeepHoursOf(config: vscode.WorkspaceConfiguration): number | null {
	if (config.get<unknown>(settings.scheduleEnabled) === false) return null;
	const hours = config.get<unknown>(settings.scheduleIntervalHours);
	return isPositive(hours) ? Math.min(24, Math.max(1, Math.round(hours))) : 6;
}

const DEMO_CHOICES = ["never", "whenEmpty", "always"] as const;
const MOTION_CHOICES = ["auto", "on", "off"] as const;

function oneOf<T extends string>(value: unknown, choices: readonly [T, ...T[]]): T {
	return choices.find((choice) => choice === value) ?? choices[0];
}

function textOf(value: unknown): string {
	return typeof value === "string" ? value : "";
}

function isPositive(value: unknown): value is number {
	return typeof value === "number" && Number.isFinite(value) && value > 0;
}
