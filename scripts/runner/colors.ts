/** Whether what is printed is coloured: for people at a terminal only. */
export const useColors =
	process.stdout.isTTY === true &&
	process.env.CI === undefined &&
	process.env.NO_COLOR === undefined;

/** For child processes: some programs take CI for a terminal with colours. */
export const colorEnvironment: Readonly<Record<string, string>> = useColors
	? {}
	: { NO_COLOR: "1" };
