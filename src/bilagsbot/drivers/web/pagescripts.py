"""What is asked of the page itself, in its own language.

Scripts that take all elements are one round trip to the browser, those that take one element are three.
"""

# What the elements found are, for the fingerprint, and what a person would say that they show.
LOOK = r"""
(elements, asks) => elements.map(e => {
  const fold = s => (s || '').replace(/\s+/g, ' ').trim();
  const near = asks.near && (e.closest('tr') || e.closest('label') || e.parentElement);
  const button = e.tagName === 'INPUT' && ['submit', 'button', 'reset'].includes(e.type);
  const shown = () => {
    if (asks.document === 'title') return e.ownerDocument.title;
    if (asks.document === 'url') return e.ownerDocument.location.href;
    if (e.tagName === 'SELECT') return e.selectedOptions.length ? e.selectedOptions[0].text.trim() : '';
    if (e.type === 'checkbox' || e.type === 'radio') return String(e.checked);
    if (e.type === 'file') return [...e.files].map(f => f.name).join(', ');
    if ('value' in e && e.tagName !== 'LI' && e.tagName !== 'BUTTON') return String(e.value);
    return e.tagName === 'TABLE' || e.tagName === 'HTML' ? '' : e.innerText;
  };
  return {
    tag: e.tagName.toLowerCase(), type: e.type || '', name: e.getAttribute('name') || '',
    text: asks.text ? fold(button ? e.value : e.innerText) : '', near: near ? fold(near.innerText) : '',
    shown: shown() || '', chosen: e.tagName === 'SELECT' ? e.selectedIndex : -1,
    options: asks.options && e.options ? [...e.options].map(o => [fold(o.text), o.value]) : null,
  };
})
"""

# The same look at an element in hand; none where the page has replaced it.
LOOK_AT = f"(e, asks) => e.isConnected ? ({LOOK.strip()})([e], asks) : []"

# Leaves a field as Tab does: the page hears its change. Then what the field shows.
LEAVE = """
elements => elements.map(e => { e.blur(); return e.value === undefined ? e.innerText : String(e.value); })
"""

# The same for whatever has the focus, in a frame or not.
LEAVE_ANY = """
() => {
  let active = document.activeElement, inner = null;
  do {
    try { inner = active && active.contentDocument; } catch { inner = null; }
    if (inner) active = inner.activeElement;
  } while (inner);
  if (active && active.blur) active.blur();
}
"""

# The last gate before a submit is sent: a process that was frozen past its lease must not post when it wakes, and the
# confirm() that it wakes to must not either. ARM tells whether the page holds a chosen file, which no route can carry.
ARM = """
(e, deadline) => {
  const page = e.ownerDocument.defaultView, gate = Symbol.for('bilagsbot.gate');
  if (page[gate]) page[gate].open();
  const hear = new AbortController();
  page[gate] = {late: false, open: () => hear.abort()};
  for (const kind of ['pointerdown', 'mousedown', 'pointerup', 'mouseup', 'click', 'submit'])
    page.addEventListener(kind, event => {
      if (Date.now() <= deadline) return;
      page[gate].late = true;
      event.preventDefault();
      event.stopImmediatePropagation();
    }, {capture: true, signal: hear.signal});
  return [...e.ownerDocument.querySelectorAll('input[type=file]')].some(f => f.files.length > 0);
}
"""

# Takes the gate away, which would drop every later click on a page that stays; tells whether it dropped the submit.
DISARM = """
e => {
  const page = e.ownerDocument.defaultView, gate = page && page[Symbol.for('bilagsbot.gate')];
  if (!gate) return false;
  gate.open();
  return gate.late;
}
"""

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

# The element to click in a row's cell, if the row is what it was when it was read.
CELL = f"""
(table, [index, cells, column, headers]) => {{
  {_TABLE}
  const now = read(table, headers).rows.find(r => r.index === index);
  if (!now || Object.keys(cells).some(name => cells[name] !== now.cells[name])) return null;
  const cell = now.row.cells[now.names.indexOf(column)];
  return cell && (cell.querySelector('a, button, input:not([type=hidden])') || cell);
}}
"""
