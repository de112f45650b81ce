"""Changes that add something which is not what is looked for, or take away what is."""

CHANGES = {
    "a field with a similar label": "() => inputs().forEach((e, i) => beside(e, 'i valuta', `<input name=ny${i}>`))",
    "a field with the same label": "() => inputs().forEach((e, i) => beside(e, '', `<input name=ny${i}>`))",
    "the same field names elsewhere": "() => document.body.prepend(...inputs().map(bare))",
    "the same buttons and links again": "() => document.body.prepend(...[...buttons(), ...all('a')].map(bare))",
    "another table alike": "() => all('table').forEach(table => table.after(bare(table)))",
    "another message alike": "() => all('.feil, #status').forEach(one => one.before(bare(one)))",
    "a hidden copy of the page": """() => {
      const copy = document.createElement('div');
      copy.style.display = 'none';
      copy.append(...[...document.body.children].map(bare));
      document.body.prepend(copy);
    }""",
    "a copy of the page off the screen": """() => {
      const copy = document.createElement('div');
      copy.style.cssText = 'position: absolute; left: -5000px; width: 1000px';
      copy.append(...[...document.body.children].map(bare));
      document.body.prepend(copy);
    }""",
    # As lists of suggestions do: the old field keeps its name and is hidden, and a new one without is typed into.
    "fields behind a widget": """() => inputs().filter(e => e.type === 'text').forEach(e => {
      const seen = bare(e);
      seen.removeAttribute('name');
      seen.setAttribute(MARK, e.getAttribute(MARK) || '');
      e.removeAttribute(MARK);
      e.type = 'hidden';
      e.after(seen);
    })""",
    # Still the same field to whoever reads the page.
    "fields of another type": """() => inputs().forEach(e => {
      const other = document.createElement(e.tagName === 'TEXTAREA' ? 'input' : 'textarea');
      for (const {name, value} of e.attributes) if (name !== 'type') other.setAttribute(name, value);
      e.replaceWith(other);
    })""",
    "a column more": "() => column(true, 'Status', 'Åpen')",
    "a column of boxes": "() => column(false, '', '<input type=checkbox>')",
    "a heading over the headings": """() => columns().forEach(rows => {
      const above = document.createElement('tr');
      above.innerHTML = `<th colspan="2">Nøkkel</th><th colspan="${rows[0].cells.length - 2}">Innhold</th>`;
      rows[0].before(above);
    })""",
    "a sum under the rows": """() => columns().forEach(rows => {
      const sum = document.createElement('tr');
      sum.innerHTML = `<td colspan="${rows[0].cells.length - 1}">I alt</td><td>1 234,50</td>`;
      rows[rows.length - 1].after(sum);
    })""",
    # What is looked for is gone, and all that is like it stays.
    "the thing itself removed": "() => all(`[${MARK}]`).forEach(e => { if (e !== document.body) e.remove(); })",
}
