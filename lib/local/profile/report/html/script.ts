/** What the page does: it shows one treemap at a time, and the import chain of a module. */
export const SCRIPT = `
const { modules } = JSON.parse(document.getElementById('data').textContent);
const select = document.getElementById('scope');
const chain = document.getElementById('chain');
const show = () => { for (const section of document.querySelectorAll('[data-scope]')) section.hidden = section.dataset.scope !== select.value; };
const wayTo = (id) => {
  const way = [];
  for (let at = id; at !== null; at = modules[at].from) way.unshift(modules[at].file);
  return way;
};
const element = (name, text) => Object.assign(document.createElement(name), { textContent: text });
const explain = (id) => {
  const { file, reached } = modules[id];
  const list = document.createElement('ol');
  list.append(...wayTo(id).map((step) => element('li', step)));
  const reason = reached
    ? 'The imports that lead from the nearest router to ' + file + ':'
    : 'No import of a router leads to ' + file + '. The build adds it.';
  chain.replaceChildren(element('p', reason), ...(reached ? [list] : []));
};
select.addEventListener('change', show);
document.addEventListener('click', ({ target }) => {
  const button = target.closest('[data-module]');
  if (!button) return;
  for (const other of document.querySelectorAll('[aria-pressed="true"]')) other.setAttribute('aria-pressed', 'false');
  button.setAttribute('aria-pressed', 'true');
  explain(Number(button.dataset.module));
});
show();
`;
