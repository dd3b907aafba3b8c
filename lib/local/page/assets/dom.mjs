/** Small helpers. They add data to the document only as text. */

export const byId = (id) => document.getElementById(id);

/** Does not touch the document if nothing changes, so that selections and announcements are kept. */
export function setText(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

export function create(name, { text, ...properties } = {}, ...children) {
  const element = Object.assign(document.createElement(name), properties);
  element.append(...text === undefined ? [] : [text], ...children);
  return element;
}

/**
 * Updates the rows of a table to match the items. Rows are kept and moved, so that the focus and the scroll position stay.
 *
 * A column is { text(item), className?, isHeader?, mark?(item), create?(item) }.
 */
export function updateRows(table, columns, items, keyOf) {
  const body = table.tBodies[0];
  const rows = new Map([...body.rows].map((row) => [row.dataset.key, row]));
  items.forEach((item, index) => {
    const key = String(keyOf(item));
    const row = rows.get(key) ?? createRow(columns, item, key);
    rows.delete(key);
    columns.forEach((column, i) => fillCell(row.cells[i], column, item));
    if (body.rows[index] !== row) body.insertBefore(row, body.rows[index] ?? null);
  });
  for (const row of rows.values()) row.remove();
}

function createRow(columns, item, key) {
  const row = create('tr');
  row.dataset.key = key;
  for (const { isHeader, className = '', create: createContent } of columns) {
    const cell = create(isHeader ? 'th' : 'td', { className });
    if (isHeader) cell.scope = 'row';
    if (createContent) cell.append(createContent(item));
    row.append(cell);
  }
  return row;
}

function fillCell(cell, { text, mark }, item) {
  if (text) setText(cell, text(item));
  if (mark) cell.dataset.mark = mark(item);
}

/** Milliseconds, without the unit. */
export function milliseconds(value) {
  return value === undefined ? '' : value.toFixed(value < 10 ? 1 : 0);
}

export function bytes(value) {
  if (value < 1000) return `${value} B`;
  return value < 999_500 ? `${threeDigits(value / 1000)} kB` : `${threeDigits(value / 1_000_000)} MB`;
}

function threeDigits(value) {
  return value.toFixed(value < 99.95 ? 1 : 0);
}

/** The mark of a status, whose text has the same meaning. */
export function statusMark(status) {
  if (status === undefined) return '';
  return status >= 500 ? 'bad' : status >= 400 ? 'warn' : 'ok';
}
