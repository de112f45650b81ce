"""What is asked of the page itself, in its own language; each is one round trip."""

# What the elements found are, for the fingerprint.
IDENTIFY = """
elements => elements.map(e => {
  const fold = s => (s || '').replace(/\\s+/g, ' ').trim();
  const near = e.closest('tr') || e.closest('label') || e.parentElement;
  const button = e.tagName === 'INPUT' && ['submit', 'button', 'reset'].includes(e.type);
  return {
    tag: e.tagName.toLowerCase(), type: e.type || '', name: e.getAttribute('name') || '',
    text: fold(button ? e.value : e.innerText), near: fold(near ? near.innerText : ''),
  };
})
"""

# What a person would say that the element shows.
READ = """
e => {
  if (e.tagName === 'SELECT') return e.selectedOptions.length ? e.selectedOptions[0].text.trim() : '';
  if (e.type === 'checkbox' || e.type === 'radio') return String(e.checked);
  if (e.type === 'file') return [...e.files].map(f => f.name).join(', ');
  if ('value' in e && e.tagName !== 'LI' && e.tagName !== 'BUTTON') return e.value;
  return e.innerText;
}
"""

DOCUMENT = {"title": "e => e.ownerDocument.title", "url": "e => e.ownerDocument.location.href"}

OPTIONS = "e => [...e.options].map(o => [o.text.trim(), o.value])"

# A table as people read it: the last header row before the cells names the columns; one without a name goes by number.
ROWS = """
(table, headers) => {
  const fold = s => (s || '').replace(/\\s+/g, ' ').trim();
  const rows = [...(table.rows || table.querySelectorAll('tr'))];
  let names = headers ? [...table.querySelectorAll(headers)].map(h => fold(h.innerText)) : null;
  const out = [];
  rows.forEach((row, index) => {
    const cells = [...row.cells];
    if (!headers && cells.length && cells.every(c => c.tagName === 'TH')) {
      names = cells.map(c => fold(c.innerText));
      return;
    }
    if (!names || cells.length !== names.length || cells.some(c => c.tagName === 'TH')) return;
    const named = {};
    cells.forEach((cell, i) => {
      const field = cell.querySelector('input:not([type=hidden]):not([type=checkbox]), select');
      named[names[i] || String(i + 1)] = fold(cell.innerText) || (field ? fold(field.value) : '');
    });
    out.push({index, cells: named});
  });
  return out;
}
"""

CELL_INDEX = """
(table, [index, column, headers]) => {
  const fold = s => (s || '').replace(/\\s+/g, ' ').trim();
  const rows = [...(table.rows || table.querySelectorAll('tr'))];
  let names = headers ? [...table.querySelectorAll(headers)] : null;
  if (!names) for (const row of rows.slice(0, index + 1))
    if (row.cells.length && [...row.cells].every(c => c.tagName === 'TH')) names = [...row.cells];
  return (names || []).map((h, i) => fold(h.innerText) || String(i + 1)).indexOf(column);
}
"""

# The last gate before a click is sent: a process that was frozen past its lease must not post when it wakes.
# Tells whether the page holds a chosen file.
DROP_LATE_CLICKS = """
(e, deadline) => {
  e.ownerDocument.defaultView.addEventListener('click', event => {
    if (Date.now() <= deadline) return;
    event.preventDefault();
    event.stopImmediatePropagation();
  }, {capture: true});
  return [...e.ownerDocument.querySelectorAll('input[type=file]')].some(f => f.files.length > 0);
}
"""
