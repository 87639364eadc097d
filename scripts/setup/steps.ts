import { join } from "node:path";
import { toolsFolder } from "../paths.ts";
import { withLock } from "./lock.mjs";
import { type Progress, startProgress } from "./progress.mjs";

/** One thing that must be on the machine before a command can do its work. */
export interface SetupStep {
	readonly name: string;
	/** What the progress line calls it. */
	readonly title: string;
	/** Cheap enough to be asked at every start: milliseconds, no network. */
	isDone(): boolean;
	/** Rejects with a SetupError, whose message says what to do. */
	run(progress: Progress): Promise<void>;
}

/** Does what is missing, one after the other; nothing at all when nothing is. */
export async function setUp(steps: readonly SetupStep[]): Promise<void> {
	const missing = steps.filter((step) => !step.isDone());
	for (const [index, step] of missing.entries()) {
		await withLock(join(toolsFolder, `${step.name}.lock`), async () => {
			// Another command may have done it while this one waited for the lock.
			if (!step.isDone()) {
				await runStep(step, `${index + 1} of ${missing.length}: ${step.title}`);
			}
		});
	}
}

async function runStep(step: SetupStep, title: string): Promise<void> {
	const progress = startProgress(title);
	try {
		await step.run(progress);
	} catch (error) {
		progress.fail();
		throw error;
	}
	progress.done();
}
