import type { Proposal } from "../../sequences/learned.ts";
import {
	isSkillName,
	skillNameOf,
	skillPath,
	skillText,
	type WrittenKind,
} from "../../sequences/texts/skillText.ts";

/** What is asked of people and done to files; VS Code's windows, or a test's. */
export interface SkillDialogs<Folder> {
	/** The workspace folder to write into. */
	chooseFolder(): Promise<Folder | undefined>;
	/** @param problemOf says what is wrong with a name; null if nothing is */
	askName(
		suggestion: string,
		problemOf: (name: string) => string | null,
	): Promise<string | undefined>;
	/** null where there is no such file */
	read(folder: Folder, path: string): Promise<string | null>;
	/** Shows what would be written, beside what is there, and asks. */
	confirm(folder: Folder, path: string, before: string | null, after: string): Promise<boolean>;
	write(folder: Folder, path: string, text: string): Promise<void>;
}

/**
 * Writes a skill or a command of a proposal, once a name was given, the text was shown and agreed to.
 *
 * @returns whether it was written
 * @throws Error when the file has changed while it was asked about
 */
export async function writeSkill<Folder>(
	kind: WrittenKind,
	proposal: Proposal,
	dialogs: SkillDialogs<Folder>,
): Promise<boolean> {
	const folder = await dialogs.chooseFolder();
	if (folder === undefined) return false;
	const suggestion = skillNameOf(proposal.evidence.functionIds);
	const name = await dialogs.askName(suggestion, problemOf);
	if (name === undefined || !isSkillName(name)) return false;
	const path = skillPath(kind, name);
	const [before, after] = [await dialogs.read(folder, path), skillText(kind, name, proposal)];
	if (!(await dialogs.confirm(folder, path, before, after))) return false;
	if ((await dialogs.read(folder, path)) !== before) {
		throw new Error(`${path} has changed meanwhile and was left alone`);
	}
	await dialogs.write(folder, path, after);
	return true;
}

function problemOf(name: string): string | null {
	if (isSkillName(name)) return null;
	return "Small letters, digits and single hyphens between them, at most 64";
}
