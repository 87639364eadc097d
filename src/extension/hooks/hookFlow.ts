import type {
	Action,
	ChangeResult,
	HookInstaller,
	ProposedChange,
} from "../../installer/installer.ts";
import type { SettingsPlace } from "../../installer/settings/places.ts";
import type { SettingsCommands } from "../../installer/settings/sessionSettings.ts";
import { ignoredText, keptText } from "../../installer/status/statusText.ts";

/** What the commands ask people and tell them; VS Code's windows, or a test's. */
export interface HookDialogs {
	/** @returns undefined when nothing was chosen */
	choosePlace(action: Action): Promise<SettingsPlace | undefined>;
	/** Shows the change and asks. @param notes what else to know */
	confirm(change: ProposedChange, notes: readonly string[]): Promise<boolean>;
	/** @param undo label of a button; @returns whether it was pressed */
	tell(message: string, undo?: string): Promise<boolean>;
	warn(message: string): void;
}

/** What the commands work with. */
export interface HookFlow {
	readonly installer: HookInstaller;
	readonly dialogs: HookDialogs;
	/** Other settings that sessions here read and that would make them write each event twice. */
	othersWritingToo(settings: SettingsCommands): Promise<readonly string[]>;
	/** Advice when jq is missing; null when it is there. */
	jqAdvice(): Promise<string | null>;
}

/** What has been done, and when people have answered the word about it. */
interface HookChange {
	/** null when no settings were chosen. */
	readonly result: ChangeResult | null;
	readonly answered: Promise<void>;
}

/** Install Hooks and Uninstall Hooks, from the choice of the file to the word about its end. */
export async function changeHooks(action: Action, flow: HookFlow): Promise<HookChange> {
	const place = await flow.dialogs.choosePlace(action);
	if (place === undefined) return { result: null, answered: Promise.resolve() };
	const result = await flow.installer.change({
		action,
		...place,
		confirm: async (change) =>
			flow.dialogs.confirm(change, action === "install" ? await notesFor(change, place, flow) : []),
	});
	const answered = result.state === "refused" ? Promise.resolve() : tellEnd(result, place, flow);
	return { result, answered };
}

async function notesFor(
	change: ProposedChange,
	{ client, scope }: SettingsPlace,
	flow: HookFlow,
): Promise<string[]> {
	const others = await flow.othersWritingToo({ ...change, client, scope });
	const advice = await flow.jqAdvice();
	return [
		...unreadNote(change),
		...others.map((file) => `${file} has hooks too: with both, every event is written twice.`),
		...(client.hooks.trust === "" ? [] : [client.hooks.trust]),
		...(advice === null ? [] : [advice]),
	];
}

/** Taking hooks out of a file that the client does not read needs no word about that. */
function unreadNote({ action, client, file, isIgnored }: ProposedChange): string[] {
	return action === "install" && isIgnored ? [ignoredText(client, file)] : [];
}

function uninstalledText({ state, file, removed, commands }: ChangeResult): string {
	const kept = commands.length === 0 ? [] : [keptText(commands.length, file)];
	const none = kept.length === 0 ? [`There are no hooks in ${file}.`] : [];
	const done = state === "unchanged" ? none : [`${removed} hooks were taken out of ${file}.`];
	return [...done, ...kept].join(" ");
}

async function tellEnd(
	result: ChangeResult,
	place: SettingsPlace,
	{ installer, dialogs }: HookFlow,
): Promise<void> {
	const { state, action, file, backup, ...counts } = result;
	if (action === "uninstall") {
		await dialogs.tell(uninstalledText(result));
		return;
	}
	const unread = unreadNote(result);
	if (state === "unchanged") {
		await dialogs.tell([`The hooks are installed already in ${file}.`, ...unread].join(" "));
		return;
	}
	const copy = backup === null ? "" : `As it was before the first change: ${backup}.`;
	const [use = "New sessions use them."] = unread;
	const message = [`The hooks are installed in ${file}. ${use}`, place.client.hooks.trust, copy]
		.filter(Boolean)
		.join(" ");
	// Only what was put in by this change can be taken back as a whole.
	const isNew = counts.upgraded === 0 && counts.removed === 0;
	if (!(await dialogs.tell(message, isNew ? "Undo" : undefined))) return;
	try {
		await installer.change({ action: "uninstall", ...place, confirm: async () => true });
		await dialogs.tell(`The hooks were taken out of ${file} again.`);
	} catch (error) {
		dialogs.warn(`${file} was left alone: ${error instanceof Error ? error.message : error}`);
	}
}
