/** All of a report's style; its policy names it by its hash. */
export const STYLE = `
:root { color-scheme: light dark; --ground: #fafafa; --card: #fff; --text: #1f2328; --dim: #59636e; --line: #d8dee4; --mark: #1d4ed8; --gold: #b45309; }
@media (prefers-color-scheme: dark) { :root { --ground: #1b1b1b; --card: #252526; --text: #e4e4e4; --dim: #a3a9b0; --line: #3a3d41; --mark: #60a5fa; --gold: #fbbf24; } }
body { margin: 0; background: var(--ground); color: var(--text); font: 14px/1.5 system-ui, sans-serif; }
main { max-width: 1080px; margin: 0 auto; padding: 32px 20px 64px; }
h1 { margin: 0; font-size: 26px; font-weight: 600; }
h2 { margin: 36px 0 8px; font-size: 16px; font-weight: 600; }
.sub { color: var(--dim); margin: 4px 0 0; overflow-wrap: anywhere; }
.headlines { display: grid; grid-template-columns: repeat(auto-fit, minmax(140px, 1fr)); gap: 12px; margin: 24px 0; }
.headlines div { background: var(--card); border: 1px solid var(--line); border-radius: 8px; padding: 12px 14px; }
dt { color: var(--dim); font-size: 12px; }
dd { margin: 2px 0 0; font-size: 22px; font-weight: 600; font-variant-numeric: tabular-nums; }
.charts { display: grid; grid-template-columns: repeat(auto-fit, minmax(320px, 1fr)); gap: 16px; }
figure { margin: 0; background: var(--card); border: 1px solid var(--line); border-radius: 8px; padding: 12px 14px; }
figcaption { color: var(--dim); font-size: 12px; margin-bottom: 8px; }
.chart { width: 100%; height: auto; display: block; }
.chart text { fill: var(--dim); font-size: 11px; font-family: inherit; }
.chart .end { text-anchor: end; }
.chart line { stroke: var(--line); }
.chart .mark { fill: var(--gold); }
.chart .hit { fill: transparent; }
.heat0 { fill: var(--line); opacity: .45; } .heat1 { fill: var(--gold); opacity: .25; } .heat2 { fill: var(--gold); opacity: .45; } .heat3 { fill: var(--gold); opacity: .65; } .heat4 { fill: var(--gold); opacity: .82; } .heat5 { fill: var(--gold); }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
th, td { padding: 6px 10px; text-align: right; border-bottom: 1px solid var(--line); white-space: nowrap; }
th:first-child, td:nth-child(2):last-child { text-align: left; white-space: normal; overflow-wrap: anywhere; }
thead th { color: var(--dim); font-size: 12px; font-weight: 500; }
tbody th { font-weight: 400; min-width: 200px; }
.bar { display: block; width: 100%; height: 3px; margin-top: 3px; }
.bar rect { fill: var(--mark); }
`;
