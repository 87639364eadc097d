import { constants, setPriority } from "node:os";

/**
 * Lets the other threads of the process go first when there are too few cores: what reads years of
 * history must not hold up what somebody waits for. Only on Linux, where a priority is a thread's
 * own; elsewhere it is the whole process's.
 */
export function giveWay(): void {
	if (process.platform !== "linux") return;
	try {
		setPriority(constants.priority.PRIORITY_BELOW_NORMAL);
	} catch {
		// Where that is not allowed all threads are equal.
	}
}
