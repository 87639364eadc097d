import { TelemetryError } from "../telemetryError.ts";
import type {
	Exporter,
	Exporting,
	ExportProgress,
	ExportSettings,
	ExportSource,
} from "./exporter.ts";

/** Sends what is recorded elsewhere, where somebody has turned that on; otherwise it is nothing. */
export class ExportHost {
	readonly #source: ExportSource;
	readonly #load: (() => Exporter) | null;
	#running: Exporting | null = null;
	/** One after the other. */
	#turn: Promise<void> = Promise.resolve();

	/** @param load the exporter, when it is first needed; null where there is none */
	constructor(source: ExportSource, load: (() => Exporter) | null) {
		this.#source = source;
		this.#load = load;
	}

	get progress(): ExportProgress | null {
		return this.#running?.progress() ?? null;
	}

	/**
	 * Ends what was begun, and begins with these; null for none.
	 *
	 * @throws TelemetryError `failed` where they make no sense
	 */
	use(settings: ExportSettings | null): Promise<void> {
		const done = this.#turn.then(async () => {
			await this.#running?.dispose();
			this.#running = null;
			if (settings === null || this.#load === null) return;
			try {
				this.#running = this.#load().startExport(this.#source, settings, process.env);
			} catch (error) {
				const message = error instanceof Error ? error.message : String(error);
				throw new TelemetryError("failed", `Nothing is exported: ${message}.`, { cause: error });
			}
		});
		this.#turn = done.catch(() => undefined);
		return done;
	}
}
