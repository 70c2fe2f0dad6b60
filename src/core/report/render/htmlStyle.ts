/** Of the report in HTML: the system's own colours, light or dark. */
export const STYLE = `
:root { color-scheme: light dark; --text: #1f2328; --page: #fff; --quiet: #57606a; --rule: #d0d7de; --ground: #f6f8fa; }
@media (prefers-color-scheme: dark) {
  :root { --text: #e6edf3; --page: #15181c; --quiet: #9da7b1; --rule: #3b434b; --ground: #1e2329; }
}
body { margin: 0; background: var(--page); color: var(--text); font: 15px/1.5 system-ui, sans-serif; font-variant-numeric: tabular-nums; overflow-wrap: anywhere; }
main { max-width: 76rem; margin: 0 auto; padding: 2rem 1.5rem; }
h1 { margin: 0 0 0.75rem; font-size: 1.5rem; line-height: 1.25; }
h2 { margin: 2.25rem 0 0.5rem; font-size: 1.1rem; }
p { max-width: 80ch; margin: 0.25rem 0; }
.wide { overflow-x: auto; margin-top: 0.5rem; }
.wide:focus-visible { outline: 2px solid; outline-offset: 2px; }
table { border-collapse: collapse; }
th { color: var(--quiet); font-weight: 600; text-align: left; white-space: nowrap; border-bottom: 2px solid var(--rule); }
th, td { padding: 0.3rem 1.25rem 0.3rem 0.25rem; vertical-align: top; }
td { border-bottom: 1px solid var(--rule); overflow-wrap: normal; }
tbody tr:nth-child(even) { background: var(--ground); }
.number { text-align: right; white-space: nowrap; }
td:not(.number) { max-width: 48ch; }
code { font: 0.9em/1.4 ui-monospace, "Cascadia Mono", Menlo, Consolas, monospace; }
@media print {
  :root { color-scheme: light; --text: #000; --page: #fff; --quiet: #333; --rule: #999; --ground: #fff; }
  body { font-size: 9pt; }
  main { max-width: none; padding: 0; }
  .wide { overflow: visible; }
  h2 { break-after: avoid; }
  tr { break-inside: avoid; }
  thead { display: table-header-group; }
}
`;
