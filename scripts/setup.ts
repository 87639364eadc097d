// `npm run setup`: everything that `npm start` and `npm test` would set up by themselves.
import { setUpOrExit, testSteps } from "./setup/everything.ts";
import { missingPrograms } from "./setup/systemTools.ts";

await setUpOrExit(testSteps);
const missing = missingPrograms();
if (missing.length > 0) {
	console.log(`Missing, tests that need them are skipped: ${missing.join(", ")}`);
}
console.log("Everything is set up.");
