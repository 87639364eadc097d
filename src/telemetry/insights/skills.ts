import { existsSync, readdirSync } from "node:fs";
import { homedir } from "node:os";
import * as path from "node:path";
import { claudeCodeIdentity } from "../../ingest/claude-code/files/claudeCodeIdentity.ts";

/** Where the client that knows skills keeps its own, beside its transcripts. */
export function configFolders(): string[] {
	return claudeCodeIdentity.folders(process.env, homedir()).map((each) => path.dirname(each));
}

/** Ids of the skills that lie in folders of the client's own, such as `~/.claude`. */
export function skillsIn(folders: readonly string[]): string[] {
	return folders.flatMap((folder) => {
		const skills = path.join(folder, "skills");
		return namesIn(skills)
			.filter((name) => existsSync(path.join(skills, name, "SKILL.md")))
			.map((name) => `skill:${name}`);
	});
}

/** Nothing where there is no such folder, or it is not to be looked into. */
function namesIn(folder: string): string[] {
	try {
		return readdirSync(folder);
	} catch {
		return [];
	}
}
