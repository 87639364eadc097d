/** Of this thread alone, in microseconds; the types are those of the oldest editor, which has it not. */
interface ThreadTimes {
	threadCpuUsage(before?: NodeJS.CpuUsage): NodeJS.CpuUsage;
}

export const threadTimes = process as unknown as ThreadTimes;
