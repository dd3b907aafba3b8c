/** The styles of the page, light and dark. Each pair of text and background has a contrast of at least 4.5. */
export const STYLE = `
:root { color-scheme: light dark; --text: #1a1d21; --dim: #565d66; --page: #ffffff; --line: #d0d5db; --link: #0b57a4;
  --init: #2f6fb3; --load: #d9822b; --first: #3f8f5b; --other: #8a929b; --project: #d7e8f9; --package: #fbe3c5; --library: #dcefe1; }
@media (prefers-color-scheme: dark) {
  :root { --text: #e8eaed; --dim: #a9b0b8; --page: #16181b; --line: #3c4249; --link: #8ab8ee;
    --init: #5b9bdd; --load: #e39b52; --first: #62b07c; --other: #7d868f; --project: #1f3d5c; --package: #5a3d17; --library: #21452d; }
}
body { margin: 0 auto; max-width: 62rem; padding: 1rem; font: 1rem/1.5 system-ui, sans-serif; color: var(--text); background: var(--page); }
h1 { font-size: 1.5rem; overflow-wrap: anywhere; } h2 { font-size: 1.2rem; margin-top: 2rem; } h3 { font-size: 1rem; margin: 1rem 0 0.25rem; }
.verdict { font-size: 1.1rem; } .dim { color: var(--dim); } .scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; } th, td { padding: 0.25rem 0.5rem; border-bottom: 1px solid var(--line); text-align: right; }
th:first-child, td:first-child, .bars { text-align: left; } thead th { font-weight: 600; font-size: 0.85rem; } tbody th { font-weight: 400; }
.bars { width: 40%; min-width: 12rem; } .bar { display: flex; height: 1rem; } .bar + .bar { margin-top: 2px; }
.init { background: var(--init); } .load { background: var(--load); } .first { background: var(--first); } .other { background: var(--other); }
.key { display: inline-block; width: 0.8rem; height: 0.8rem; margin: 0 0.3rem 0 0.8rem; vertical-align: -0.05rem; border: 1px solid var(--line); }
.project { background: var(--project); } .package { background: var(--package); } .library { background: var(--library); }
.treemap { position: relative; width: 960px; height: 320px; }
.tile { position: absolute; box-sizing: border-box; margin: 0; padding: 2px 4px; border: 1px solid var(--page); overflow: hidden; text-align: left;
  font: 0.75rem/1.2 system-ui, sans-serif; color: var(--text); overflow-wrap: anywhere; }
div.tile { background: var(--page); border-color: var(--line); color: var(--dim); } button { cursor: pointer; }
.modules { columns: 2 24rem; padding-left: 1.2rem; } .modules button { border: 0; padding: 0; min-height: 24px; background: none; color: var(--link);
  font: inherit; text-align: left; text-decoration: underline; overflow-wrap: anywhere; }
:focus-visible { outline: 3px solid var(--link); outline-offset: -1px; z-index: 1; }
[aria-pressed="true"] { outline: 3px solid var(--text); outline-offset: -3px; }
select { font: inherit; max-width: 100%; } #chain { border: 1px solid var(--line); padding: 0.5rem 1rem; margin-top: 1rem; overflow-wrap: anywhere; }
#chain ol { margin: 0; } .problem { border-left: 4px solid #c62828; padding-left: 0.75rem; white-space: pre-wrap; overflow-wrap: anywhere; }
`;
