"""What is asked of a table on a page."""

from bilagsbot.drivers.web.pagescripts import ACT, FIND

# A table as people read it: the last header row before the cells names the columns; one without a name of its own goes
# by number. Rows that do not have one cell a column are no rows, but are told: one of them may be what is looked for.
_TABLE = r"""
  const fold = s => (s || '').replace(/\s+/g, ' ').trim();
  const named = cells => {
    const wide = cells.flatMap(c => [fold(c.innerText), ...Array(Math.max(c.colSpan || 1, 1) - 1).fill('')]);
    return wide.map((name, i) => name && wide.indexOf(name) === wide.lastIndexOf(name) ? name : String(i + 1));
  };
  const heading = c => c.tagName === 'TH' && c.scope !== 'row';
  const said = cell => {
    const field = cell.querySelector('input:not([type=hidden]):not([type=checkbox]):not([type=radio]), select');
    if (field && field.tagName === 'SELECT') return fold(field.selectedOptions[0] && field.selectedOptions[0].text);
    return fold(cell.innerText) || (field ? fold(field.value) : '');
  };
  const read = (table, headers) => {
    const given = headers ? [...table.querySelectorAll(headers)] : [];
    let names = given.length ? named(given) : null;
    const out = {columns: new Set(names || []), rows: [], others: []};
    [...(table.rows || table.querySelectorAll('tr'))].forEach((row, index) => {
      const cells = [...row.cells];
      if (!cells.length || !row.getClientRects().length || cells.some(c => given.includes(c))) return;
      if (!headers && cells.every(heading)) {
        names = named(cells);
        names.forEach(name => out.columns.add(name));
        return;
      }
      const told = cells.map(said);
      if (names && cells.length === names.length && !cells.some(heading) && cells.every(c => c.colSpan === 1))
        out.rows.push({index, row, cells: Object.fromEntries(names.map((name, i) => [name, told[i]])), names});
      else if (told.some(text => text)) out.others.push(told);
    });
    return out;
  };
"""

ROWS = f"""
(tables, headers) => {{
  {_TABLE}
  return tables.map(table => {{
    const all = read(table, headers);
    return {{
      columns: [...all.columns], others: all.others, rows: all.rows.map(r => ({{index: r.index, cells: r.cells}})),
    }};
  }});
}}
"""

_CELL = f"""
  {_TABLE}
  const find = (table, [index, cells, column, headers]) => {{
    const now = read(table, headers).rows.find(r => r.index === index);
    if (!now || Object.keys(cells).some(name => cells[name] !== now.cells[name])) return null;
    const cell = now.row.cells[now.names.indexOf(column)];
    return cell && (cell.querySelector('a, button, input:not([type=hidden])') || cell);
  }};
"""

# The element to click in a row's cell, if the row is what it was when it was read.
CELL = f"(table, asked) => {{ {_CELL} return find(table, asked); }}"

# Where a click would hit it, guarded as any click is.
CLICK_CELL = f"""
(tables, asked) => {{
  const cell = tables.length === 1 ? (() => {{ {_CELL} return find(tables[0], asked); }})() : null;
  if (!cell) return null;
  {FIND} {ACT}
  return act([cell], {{is: {{}}, then: 'click'}});
}}
"""
