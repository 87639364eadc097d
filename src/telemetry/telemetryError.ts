/** Why the telemetry could not do something. Callers tell cases apart by this, never by the text. */
export type TelemetryReason =
	| "newer_schema"
	| "corrupt"
	| "disk_full"
	| "not_writable"
	| "out_of_memory"
	| "cancelled"
	| "closed"
	| "not_writer"
	| "failed"
	| "gave_up";

export class TelemetryError extends Error {
	readonly reason: TelemetryReason;

	constructor(reason: TelemetryReason, message: string, options?: ErrorOptions) {
		super(message, options);
		this.name = "TelemetryError";
		this.reason = reason;
	}
}
