// What the changes are written in.
const MARK = 'data-truth';
const fold = s => (s || '').replace(/\s+/g, ' ').trim();
const all = css => [...document.body.querySelectorAll(css)];
const buttons = () => all('input[type=submit], input[type=button], button');
const inputs = () => all('input:not([type=hidden]), select, textarea').filter(e => !buttons().includes(e));

// A copy that is not the thing itself.
const bare = e => {
  const copy = e.cloneNode(true);
  [copy, ...copy.querySelectorAll('*')].forEach(one => one.removeAttribute(MARK));
  return copy;
};

// The program's own words; what the office has typed is none of them.
const captions = () => [
  ...buttons().map(e => ({said: () => e.value, say: text => { e.value = text; }})),
  ...all('td.ledetekst, th, h1, a').filter(e => fold(e.textContent) && !/^\d+$/.test(fold(e.textContent)))
    .map(e => ({said: () => fold(e.textContent), say: text => { e.textContent = text; }})),
];

// Fields with the cell that says what they are; those under headings are told by these.
const labelled = () => all('td.ledetekst').map(label => {
  const cell = label.nextElementSibling;
  return [label, cell && inputs().find(e => cell.contains(e))];
}).filter(([label, field]) => field && !label.closest('table').querySelector('th'));

const row = (label, html) => {
  const one = document.createElement('tr');
  one.innerHTML = `<td>${label}</td><td>${html}</td>`;
  return one;
};
const before = (row, cell) => [...row.cells].slice(0, [...row.cells].indexOf(cell)).reduce((n, c) => n + c.colSpan, 0);

// A new field next to another, of that label and more: in a row of its own, in the same row, or in a column of its own.
const beside = (field, more, html) => {
  const cell = field.closest('td'), line = cell.closest('tr');
  const found = labelled().find(([, one]) => one === field);
  const made = row(found ? fold(`${found[0].textContent} ${more}`) : '', html);
  if (!found) {
    widen(line, before(line, cell), more);
    cell.before(made.cells[1]);
  } else if (line.querySelectorAll('td.ledetekst').length === 1) line.before(made);
  else found[0].before(...made.cells);
};

// The same heading and more over a new column, and one column more for what lies across it; once a table.
const widen = (line, at, more) => {
  const heads = line.parentElement.rows[0], over = [...heads.cells].find(one => before(heads, one) === at);
  if (!over || over.tagName !== 'TH' || line !== heads.nextElementSibling) return;
  const again = bare(over);
  again.textContent = fold(`${over.textContent} ${more}`);
  over.before(again);
  for (const cell of line.parentElement.querySelectorAll('td[colspan]')) {
    const start = before(cell.parentElement, cell);
    if (start < at && at < start + cell.colSpan) cell.colSpan += 1;
  }
};

// The rows of each table that hold no headings; those of the tables whose columns have headings, with these.
const bodies = () => all('tbody').map(body => [...body.rows].filter(one => !one.querySelector('th')))
  .filter(rows => rows.length > 1);
const columns = () => all('table').map(table => [...table.rows]).filter(rows => rows[0].querySelector('th'));

// A new first column, or the second: what each of its cells holds.
const column = (second, heading, html) => columns().forEach(rows => {
  const wide = rows[0].cells.length;
  rows.forEach(one => {
    const cell = document.createElement(one.cells[0].tagName);
    cell.innerHTML = cell.tagName === 'TH' ? heading : html;
    if (one.cells.length < wide) one.cells[0].colSpan += 1;
    else one.insertBefore(cell, one.cells[second ? 1 : 0]);
  });
});
