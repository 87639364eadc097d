/// <reference path="../sql.d.ts" />
import type { Database } from "sql.js";
import initial from "../migrations/001-initial.sql";
import usage from "../migrations/002-usage.sql";
import twoSources from "../migrations/003-two-sources.sql";
import facts from "../migrations/004-facts.sql";
import functions from "../migrations/005-functions.sql";
import lives from "../migrations/006-lives.sql";
import told from "../migrations/007-told.sql";
import clients from "../migrations/008-clients.sql";
import failedSkills from "../migrations/009-failed-skills.sql";
import lineProblems from "../migrations/010-line-problems.sql";
import checked from "../migrations/011-checked.sql";
import passes from "../migrations/012-passes.sql";
import lastHeard from "../migrations/013-last-heard.sql";
import launchDurations from "../migrations/014-launch-durations.sql";
import waits from "../migrations/015-waits.sql";
import callsOfSession from "../migrations/016-calls-of-session.sql";
import mergedSequences from "../migrations/017-merged-sequences.sql";
import rawTools from "../migrations/018-raw-tools.sql";
import interrupted from "../migrations/019-interrupted.sql";
import turns from "../migrations/020-turns.sql";
import listPrices from "../migrations/021-list-prices.sql";
import received from "../migrations/022-received.sql";
import { TelemetryError } from "../telemetryError.ts";

/** In order; the position is the version. An applied one is never changed, only followed. */
const MIGRATIONS: readonly string[] = [
	initial,
	usage,
	twoSources,
	facts,
	functions,
	lives,
	told,
	clients,
	failedSkills,
	lineProblems,
	checked,
	passes,
	lastHeard,
	launchDurations,
	waits,
	callsOfSession,
	mergedSequences,
	rawTools,
	interrupted,
	turns,
	listPrices,
	received,
];

export const SCHEMA_VERSION = MIGRATIONS.length;

/**
 * Brings a database to this version, each step in a transaction of its own.
 *
 * @throws TelemetryError `newer_schema` for a database of a later version, which is left as it is
 */
export function migrate(database: Database): void {
	const version = versionOf(database);
	if (version > SCHEMA_VERSION) {
		throw new TelemetryError(
			"newer_schema",
			`The database was written by a newer version (schema ${version}, here ${SCHEMA_VERSION}).`,
		);
	}
	for (let next = version; next < SCHEMA_VERSION; next++) {
		database.exec(`BEGIN; ${MIGRATIONS[next]}; PRAGMA user_version = ${next + 1}; COMMIT`);
	}
	if (version > 0 && version < SCHEMA_VERSION) {
		database.run("INSERT OR REPLACE INTO meta (key, value) VALUES ('migrated_from', ?)", [version]);
	}
}

export function versionOf(database: Database): number {
	return Number(database.exec("PRAGMA user_version")[0]?.values[0]?.[0] ?? 0);
}
