import * as path from "node:path";
import { expandHome } from "../expandHome.ts";
import type { Environment } from "../transcripts/port.ts";

/** Where the client keeps its transcripts. */
export function transcriptsFolderOf(env: Environment, home: string): string {
	return path.join(configFolderOf(env, home), "projects");
}

/** Where the client keeps all that is its own: `$CLAUDE_CONFIG_DIR`, else `~/.claude`. */
export function configFolderOf(env: Environment, home: string): string {
	return expandHome(env.CLAUDE_CONFIG_DIR || path.join(home, ".claude"), home);
}
