// `npm run test:faults`: the fault tests in full, ten times as long as in `npm test`.
process.env.AGENT_LIVE_GRAPH_FAULT_RUNS ??= "200";
process.argv.push("faults");
await import("./test.ts");

export {};
