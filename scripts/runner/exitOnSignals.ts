/** A signal ends Node without asking the listeners of `exit`, who end what was started: with this it asks them. */
export function exitOnSignals(): void {
	for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
		process.once(signal, () => process.exit(1));
	}
}
