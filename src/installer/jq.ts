import { execFile } from "node:child_process";
import { promisify } from "node:util";

/** Whether the hooks would find jq. @returns its version as it tells it; null when it is missing */
export async function findJq(
	env: Readonly<Record<string, string | undefined>>,
): Promise<string | null> {
	try {
		const { stdout } = await promisify(execFile)("jq", ["--version"], { timeout: 5000, env });
		return stdout.trim();
	} catch {
		return null;
	}
}

/** How to get jq. @param platform as `process.platform` has it */
export function jqAdvice(platform: string): string {
	const ways: Readonly<Record<string, string>> = {
		darwin: "brew install jq",
		win32: "winget install jqlang.jq",
		freebsd: "pkg install jq",
	};
	const way = ways[platform] ?? "apt install jq, dnf install jq, pacman -S jq or apk add jq";
	return `jq was not found. The hooks need it and write nothing without it: ${way}`;
}
