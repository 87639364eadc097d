import { createHash } from "node:crypto";
import * as fs from "node:fs/promises";
import * as path from "node:path";
import { type MadeNotes, NO_NOTES } from "../settings/settingsEditor.ts";

/** What installations had to make, one small file for each settings file. */
export class InstallNotes {
	readonly #folder: string;

	constructor(ownFolder: string) {
		this.#folder = path.join(ownFolder, "installed");
	}

	/** @returns no notes where there are none that can be read: then less is removed, never more */
	async read(settingsFile: string): Promise<MadeNotes> {
		try {
			const notes: unknown = JSON.parse(await fs.readFile(this.#fileOf(settingsFile), "utf8"));
			const { made, padded } = notes as Record<string, unknown>;
			return { made: textsIn(made), padded: spacesIn(padded) };
		} catch {
			return NO_NOTES;
		}
	}

	async write(settingsFile: string, notes: MadeNotes): Promise<void> {
		const file = this.#fileOf(settingsFile);
		const temporary = `${file}.${process.pid}.tmp`;
		await fs.mkdir(this.#folder, { recursive: true, mode: 0o700 });
		await fs.writeFile(temporary, JSON.stringify({ file: settingsFile, ...notes }), {
			mode: 0o600,
		});
		await fs.rename(temporary, file);
	}

	async forget(settingsFile: string): Promise<void> {
		await fs.rm(this.#fileOf(settingsFile), { force: true });
	}

	#fileOf(settingsFile: string): string {
		const name = createHash("sha256").update(settingsFile).digest("hex").slice(0, 16);
		return path.join(this.#folder, `${name}.json`);
	}
}

/** Anything but space would be taken out of the settings for our own. */
function spacesIn(value: unknown): Record<string, string> {
	if (typeof value !== "object" || value === null) return {};
	const entries = Object.entries(value);
	return Object.fromEntries(entries.filter(([, text]) => /^[ \t\r\n]+$/.test(String(text))));
}

function textsIn(value: unknown): string[] {
	return Array.isArray(value) ? value.filter((each) => typeof each === "string") : [];
}
