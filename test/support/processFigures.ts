import { readFileSync } from "node:fs";

/** Highest resident memory of this process so far, threads included, MiB. */
export function peakMiB(): number {
	try {
		// What getrusage tells on Linux counts from before this program was started.
		const status = readFileSync("/proc/self/status", "utf8");
		return Number(/^VmHWM:\s*(\d+) kB/m.exec(status)?.[1]) / 1024;
	} catch {
		return process.resourceUsage().maxRSS / 1024;
	}
}

/** CPU time of this thread so far, ms. The types are those of an older Node. */
export function threadCpuMs(): number {
	const { user, system } = (process as ProcessOfToday).threadCpuUsage();
	return (user + system) / 1000;
}

type ProcessOfToday = NodeJS.Process & { threadCpuUsage(): NodeJS.CpuUsage };
