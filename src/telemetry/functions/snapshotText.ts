import type { SkipReason, SnapshotResult } from "./snapshotResult.ts";

const REASONS: Readonly<Record<SkipReason, string>> = {
	otherLanguage: "of other languages",
	symlink: "links",
	submodule: "submodules",
	tooLarge: "over 1 MiB",
	unreadable: "unreadable",
};

/** What was left out, in words; empty where nothing was. */
export function skippedText({ skipped }: SnapshotResult): string {
	const parts = (Object.keys(REASONS) as SkipReason[])
		.filter((reason) => skipped[reason] > 0)
		.map((reason) => `${skipped[reason].toLocaleString("en-US")} ${REASONS[reason]}`);
	return parts.length === 0 ? "" : `left out: ${parts.join(", ")}`;
}
